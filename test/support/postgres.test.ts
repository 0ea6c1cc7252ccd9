import { Client } from "pg";
import { beforeAll, expect, it } from "vitest";
import { createDatabase, describeOnPostgres } from "./postgres.ts";

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describeOnPostgres("the PostgreSQL server of the tests", () => {
  let first: string;
  let second: string;

  beforeAll(async () => {
    [first, second] = await Promise.all([createDatabase(), createDatabase()]);
  });

  it("gives every caller an empty database of its own", async () => {
    await ask(first, "CREATE TABLE roster (id text)");

    const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    expect(await ask(first, tables)).toEqual([{ tablename: "roster" }]);
    expect(await ask(second, tables)).toEqual([]);
  });

  it("keeps text as Unicode", async () => {
    expect(await ask(first, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
  });

  it("listens on this machine alone", async () => {
    expect(await ask(first, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await ask(first, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
  });
});
