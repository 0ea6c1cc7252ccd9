import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/db/open.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";
import { isPostgresSkipped } from "./wanted-databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where a test file asks for the PostgreSQL server of this run, which starts at the first question. */
    postgresDoorUrl: string;
  }
}

/** A database of the run's server with every migration applied, to be copied and never connected to. */
export const TEMPLATE = "confline_template";

export type PostgresDoorAnswer = { url: string } | { problem: string };

/** Puts a door in front of a PostgreSQL server that only starts when a test knocks: most runs of a few files need none. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined;
  const door = createServer((_request, response) => {
    starting ??= startWanted();
    void answer(response, starting);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  provide("postgresDoorUrl", `http://127.0.0.1:${address.port}/`);

  return async () => {
    door.close();
    // A server that failed to start has already told every test that asked for it.
    const server = await starting?.catch(() => undefined);
    await server?.stop();
  };
}

async function startWanted(): Promise<PostgresServer> {
  if (isPostgresSkipped(process.env))
    throw new Error("CONFLINE_TEST_DATABASES=sqlite: there is no PostgreSQL this time");
  const server = await startPostgres(process.env);
  await makeTemplate(server.url);
  return server;
}

/** Migrates one database, of which the others are copies: that is twice as fast as migrating each. */
async function makeTemplate(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const url = Object.assign(new URL(serverUrl), { pathname: `/${TEMPLATE}` }).href;
  const template = await openDatabase({ kind: "postgres", url });
  await template.close();
}

async function answer(response: ServerResponse, starting: Promise<PostgresServer>): Promise<void> {
  const body: PostgresDoorAnswer = await starting.then(
    ({ url }) => ({ url }),
    (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
  );
  response.setHeader("connection", "close").end(JSON.stringify(body));
}
