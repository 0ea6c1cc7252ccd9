import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type PostgresServer, startPostgres } from "../test/support/postgres-server.ts";
import { environment } from "./environment.ts";
import { createDatabases, measureNodes } from "./nodes.ts";
import { memoryMb, startLoad, startMain, stop } from "./processes.ts";
import { asText, judge, type Results } from "./report.ts";
import { aTarget, type Bench, callAt, type Files, measureCalls, measureCommands } from "./rounds.ts";
import { type Location, measureTicks } from "./schedules.ts";
import { DUE_SCHEDULES, seed } from "./seed.ts";
import { startStandIn } from "./stand-in.ts";

const TIMED_STARTS = 5;
const FEW = 10;
const MANY = 1_000_000;
const MANY_SCHEDULES = 100_000;
const NODE_SIZES = { calls: 5000, connections: 50, cycles: 6, people: FEW };

/** What else the machine does takes its share of both cores, and more of it from whoever needs both. */
const loadBefore = loadavg()[0] ?? 0;
const wantsJson = process.argv.includes("--json");
const say = (text: string) => void process.stderr.write(`${text}\n`);

say("compiling what `npm start` runs …");
execFileSync("npm", ["run", "--silent", "prepare"], { stdio: ["ignore", "ignore", "inherit"] });
const folder = mkdtempSync(join(tmpdir(), "confline-bench-"));
const standIn = await startStandIn();
const load = startLoad();
const bench: Bench = { load, standInUrl: standIn.url, say };
try {
  const results = await measureAll();
  if (wantsJson) console.log(JSON.stringify({ loadBefore, ...results, verdicts: judge(results) }, null, 2));
  else
    console.log(
      `\nNode ${process.version}, ${availableParallelism()} cores, load before ${loadBefore.toFixed(1)}\n\n${asText(results)}`,
    );
} finally {
  await stop(load);
  standIn.server.close();
  standIn.server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(): Promise<Results> {
  const ticks = await measureSchedules();
  say("calling one node on PostgreSQL, and two …");
  const nodes = await measureNodes(load, standIn.url, NODE_SIZES);
  const file = (name: string) => join(folder, `${name}.db`);
  const commands = await measureCommands(bench, file("commands"), FEW);
  say(`putting ${MANY.toLocaleString("en")} people on rosters …`);
  const files: Files = {
    few: file("few"),
    undurable: file("undurable"),
    million: file("million"),
    seededAt: Date.now(),
  };
  await seed(files.million, MANY);
  await seed(files.few, FEW);
  await seed(files.undurable, FEW);
  const rounds = await measureCalls(bench, files, FEW, MANY);
  const few = await measureProcess(files.few, FEW);
  const million = await measureProcess(files.million, MANY);
  return {
    ...{ rounds, commands, nodes, ticks },
    startMs: { few: few.startMs, million: million.startMs },
    memoryMb: { few: few.memoryMb, million: million.memoryMb },
  };
}

async function measureSchedules(): Promise<Results["ticks"]> {
  say(`running scheduled calls among ${DUE_SCHEDULES} and ${MANY_SCHEDULES.toLocaleString("en")} of them …`);
  const sqlite = (name: string): Location => ({ kind: "sqlite", file: join(folder, name) });
  const onSqlite = await measureTicks({ few: sqlite("few-calls.db"), many: sqlite("many-calls.db") }, MANY_SCHEDULES);
  return { sqlite: onSqlite, postgres: await measureOnPostgres() };
}

/** On a server of its own, where one can be had, as the tests do. */
async function measureOnPostgres(): Promise<Results["ticks"]["postgres"]> {
  let server: PostgresServer;
  try {
    server = await startPostgres(process.env);
  } catch (error) {
    return { leftOut: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
  try {
    await createDatabases(server.url, ["few", "many"]);
    const at = (name: string): Location => ({ kind: "postgres", url: new URL(`/${name}`, server.url).href });
    return await measureTicks({ few: at("few"), many: at("many") }, MANY_SCHEDULES);
  } finally {
    await server.stop();
  }
}

async function measureProcess(file: string, people: number) {
  say(`starting it ${TIMED_STARTS} times with ${people.toLocaleString("en")} people on rosters …`);
  const env = environment(standIn.url, `file:${file}`);
  const startMs: number[] = [];
  for (let start = 1; start < TIMED_STARTS; start += 1) {
    const { child, upAfterMs } = await startMain(env);
    startMs.push(upAfterMs);
    await stop(child);
  }
  const service = await startMain(env);
  startMs.push(service.upAfterMs);
  const idle = memoryMb(service.child);
  await callAt(bench, aTarget("service", service, people));
  await callAt(bench, aTarget("service", service, people));
  const busy = memoryMb(service.child);
  await stop(service.child);
  return { startMs, memoryMb: { idle, busy } };
}
