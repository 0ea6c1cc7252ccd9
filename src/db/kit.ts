import * as pg from "drizzle-orm/pg-core";
import * as lite from "drizzle-orm/sqlite-core";

const pgKit = {
  table: pg.pgTable,
  id: (name: string) => pg.text(name).primaryKey(),
  serial: (name: string) => pg.bigint(name, { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  /** What refers to a `serial`. */
  whole: (name: string) => pg.bigint(name, { mode: "number" }),
  text: (name: string) => pg.text(name),
  oneOf: <const T extends [string, ...string[]]>(name: string, values: T) => pg.text(name, { enum: values }),
  int: (name: string) => pg.integer(name),
  /** Epoch milliseconds. */
  time: (name: string) => pg.bigint(name, { mode: "number" }),
  bool: (name: string) => pg.boolean(name),
  json: <T>(name: string) => pg.jsonb(name).$type<T>(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
};

/** Column helpers: the same names make the same JavaScript types in both dialects. */
export type Kit = typeof pgKit;

const liteKit = {
  table: lite.sqliteTable,
  id: (name: string) => lite.text(name).primaryKey(),
  serial: (name: string) => lite.integer(name, { mode: "number" }).primaryKey({ autoIncrement: true }),
  whole: (name: string) => lite.integer(name, { mode: "number" }),
  text: (name: string) => lite.text(name),
  oneOf: <const T extends [string, ...string[]]>(name: string, values: T) => lite.text(name, { enum: values }),
  int: (name: string) => lite.integer(name),
  time: (name: string) => lite.integer(name, { mode: "number" }),
  bool: (name: string) => lite.integer(name, { mode: "boolean" }),
  json: <T>(name: string) => lite.text(name, { mode: "json" }).$type<T>(),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
} satisfies { [K in keyof Kit]: unknown };

export const kits = {
  postgres: pgKit,
  // Drizzle's two families of column types are unrelated to the compiler, though the values they carry are the same:
  // this one cast lets the repositories be written once, against the PostgreSQL family.
  sqlite: liteKit as unknown as Kit,
};
