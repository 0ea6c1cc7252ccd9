import { type Placeholder, sql } from "drizzle-orm";
import type { Reader } from "./database.ts";

let prepared = 0;

/**
 * Builds a query once for each connection: building one costs several times what running it does.
 *
 * On PostgreSQL it gets a name, so that the server reads and plans it once as well. After a change of the tables it
 * plans it anew by itself; after one of a column's type the connection is replaced.
 *
 * Values go in by `sql.placeholder`; null only into columns of text and numbers, Drizzle writes the others' as a value.
 */
export function prepare<R extends Reader, S extends object>(
  build: (reader: R) => { prepare(name: string): S },
): (reader: R) => S {
  const statements = new WeakMap<object, S>();
  const name = `confline_${(prepared += 1)}`;
  return (reader) => {
    const known = statements.get(reader.q);
    if (known !== undefined) return known;
    const statement = build(reader).prepare(name);
    statements.set(reader.q, statement);
    return statement;
  };
}

/** A placeholder for each of a row's columns, named like it. */
export function placeholders<Name extends string>(...names: Name[]): Record<Name, Placeholder<Name>> {
  const entries = names.map((name) => [name, sql.placeholder(name)]);
  return Object.fromEntries(entries) as Record<Name, Placeholder<Name>>;
}
