import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { type PostgresServer, startPostgres } from "../test/support/postgres-server.ts";
import type { Part } from "./part.ts";
import { PARTS } from "./parts.ts";
import { prove } from "./proof.ts";
import { readStanding, writeStanding } from "./standing.ts";
import { markdownTable } from "./table.ts";

const USAGE = `npm run proof [-- part …] [--seed N] [--cases N] [--only N] [--afresh]

  part       one or more of: ${PARTS.map(({ name }) => name).join(", ")}; all unless told
  --seed     what the cases are drawn from (1): a run that was stopped goes on with the same seed
  --cases    so many of each part, instead of a full run
  --only     nothing but the case of this number, and nothing noted: to see a violation again
  --afresh   from the first case, although an earlier run had come further
`;
const STANDING = "data/proof.json";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    cases: { type: "string" },
    only: { type: "string" },
    afresh: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => !PARTS.some((part) => part.name === name));
const numbers = [values.seed, values.cases, values.only].filter((text) => text !== undefined);
if (values.help || unknown.length > 0 || !numbers.every((text) => /^\d{1,10}$/.test(text))) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 1);
}
process.exitCode = await run();

async function run(): Promise<number> {
  const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)).map(asWanted);
  const seed = Number(values.seed);
  const isNoted = values.only === undefined;
  const standing = isNoted && !values.afresh ? readStanding(STANDING, seed) : { seed, parts: {} };
  if (values.only !== undefined) {
    for (const { name } of chosen) standing.parts[name] = { done: Number(values.only), seconds: 0, figures: [] };
  }
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  const postgres = lazyPostgres();
  try {
    const faults = await prove({
      parts: chosen,
      standing,
      createPostgres: postgres.create,
      signal: stopping.signal,
      seconds: () => performance.now() / 1000,
      say: (text) => void process.stderr.write(`${text}\n`),
      note: (now) => isNoted && writeStanding(STANDING, now),
    });
    process.stdout.write(`\n${markdownTable(chosen, standing)}\n`);
    if (stopping.signal.aborted) process.stderr.write("\nStopped. The same command goes on from here.\n");
    for (const fault of faults) process.stderr.write(`\n${fault}\n`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

function asWanted(part: Part): Part {
  if (values.only !== undefined) return { ...part, cases: Number(values.only) + 1, batch: 1 };
  return values.cases === undefined ? part : { ...part, cases: Number(values.cases) };
}

/** One server for the whole run, from the first part that asks. */
function lazyPostgres() {
  let server: Promise<PostgresServer> | null = null;
  return {
    async create(): Promise<string> {
      const { url } = await (server ??= startPostgres(process.env));
      const name = `proof_${randomUUID().replaceAll("-", "")}`;
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    stop: async () => (await server)?.stop(),
  };
}
