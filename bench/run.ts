import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type PostgresServer, startPostgres } from "../test/support/postgres-server.ts";
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL } from "./calls.ts";
import type { Measured } from "./load.ts";
import { memoryMb, runRound, START_FLAGS, type Service, startLoad, startMain, startScript, stop } from "./processes.ts";
import { asText, judge, type Results } from "./report.ts";
import { type Location, measureTicks } from "./schedules.ts";
import { countCalls, DUE_SCHEDULES, seed } from "./seed.ts";
import { startStandIn } from "./stand-in.ts";

const CONNECTIONS = 50;
const CYCLES = 6;
const CALLS_A_ROUND = 5000;
const STARTS = 5;
const FEW = 10;
const MANY = 1_000_000;
const MANY_SCHEDULES = 100_000;
const STRANGER_SHARE = 0.2;

type Target = { name: keyof Results["rounds"]; port: number; people: number; strangerShare: number; expected: string };
type Files = { few: string; undurable: string; million: string };

/** What else the machine does takes its share of both cores, and more of it from whoever needs both. */
const loadBefore = loadavg()[0] ?? 0;
const wantsJson = process.argv.includes("--json");
const say = (text: string) => void process.stderr.write(`${text}\n`);

say("compiling what `npm start` runs …");
execFileSync("npm", ["run", "--silent", "prepare"], { stdio: ["ignore", "ignore", "inherit"] });
const folder = mkdtempSync(join(tmpdir(), "confline-bench-"));
const standIn = await startStandIn();
const load = startLoad();
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
  say(`putting ${MANY.toLocaleString("en")} people on rosters …`);
  const file = (name: string) => join(folder, `${name}.db`);
  const files: Files = { few: file("few"), undurable: file("undurable"), million: file("million") };
  await seed(files.few, FEW);
  await seed(files.undurable, FEW);
  await seed(files.million, MANY);
  const rounds = await measureCalls(files);
  const few = await measureProcess(files.few, FEW);
  const million = await measureProcess(files.million, MANY);
  return {
    rounds,
    ticks,
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

async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const name of names) await client.query(`create database ${name}`);
  await client.end();
}

/** Rounds of all targets in turns, so that what else the machine does disturbs them alike. */
async function measureCalls(files: Files): Promise<Results["rounds"]> {
  const bare = await startScript(new URL("bare.ts", import.meta.url));
  const startService = (env: Record<string, string>) =>
    startScript(new URL("service.ts", import.meta.url), START_FLAGS, env);
  const service = await startService(environment(files.few));
  const undurable = await startService({ ...environment(files.undurable), BENCH_DURABILITY: "OFF" });
  const million = await startService(environment(files.million));
  const targets: Target[] = [
    aTarget("bare", bare, FEW),
    aTarget("service", service, FEW),
    aTarget("undurable", undurable, FEW),
    aTarget("million", million, MANY),
  ];
  const mixed = { ...aTarget("mixed", service, FEW), strangerShare: STRANGER_SHARE, expected: "<Response>" };
  const rounds: Results["rounds"] = { bare: [], service: [], undurable: [], million: [], mixed: [] };
  say("warming up …");
  for (const target of targets) await callAt(target);
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    say(`cycle ${cycle} of ${CYCLES} …`);
    for (const target of cycle % 2 === 1 ? targets : targets.toReversed()) {
      rounds[target.name].push(await callAt(target));
    }
  }
  rounds.mixed.push(await callAt(mixed), await callAt(mixed));
  for (const { child } of [bare, service, undurable, million]) await stop(child);
  mustKnow(files.few, (1 + CYCLES + 2) * CALLS_A_ROUND);
  mustKnow(files.million, (1 + CYCLES) * CALLS_A_ROUND);
  return rounds;
}

async function measureProcess(file: string, people: number) {
  say(`starting it ${STARTS} times with ${people.toLocaleString("en")} people on rosters …`);
  const startMs: number[] = [];
  for (let start = 1; start < STARTS; start += 1) {
    const { child, upAfterMs } = await startMain(environment(file));
    startMs.push(upAfterMs);
    await stop(child);
  }
  const service = await startMain(environment(file));
  startMs.push(service.upAfterMs);
  const idle = memoryMb(service.child);
  await callAt(aTarget("service", service, people));
  await callAt(aTarget("service", service, people));
  const busy = memoryMb(service.child);
  await stop(service.child);
  return { startMs, memoryMb: { idle, busy } };
}

function callAt({ port, people, strangerShare, expected }: Target): Promise<Measured> {
  const callers = { people, strangerShare };
  return runRound(load, { port, calls: CALLS_A_ROUND, connections: CONNECTIONS, callers, expected });
}

function aTarget(name: Target["name"], { port }: Service, people: number): Target {
  return { name, port, people, strangerShare: 0, expected: "Please enter the 6-digit code" };
}

/** A number that was got by forgetting calls would be worth nothing. */
function mustKnow(file: string, calls: number): void {
  const known = countCalls(file);
  if (known !== calls) throw new Error(`${calls} calls were answered, ${known} are in the database`);
}

function environment(file: string): Record<string, string> {
  return {
    PUBLIC_URL,
    PORT: "0",
    HOST: "127.0.0.1",
    DATABASE_URL: `file:${file}`,
    SLACK_BOT_TOKEN: "bench-bot-token-not-real",
    SLACK_SIGNING_SECRET: "bench-signing-secret-not-real",
    SLACK_API_URL: `${standIn.url}/slack/api/`,
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_VERIFY_SERVICE_SID: "VA000000000000000000000000005e12ce",
    TWILIO_PHONE_NUMBER: "+12025550190",
    TWILIO_API_URL: standIn.url,
    LOG_LEVEL: "warn",
  };
}
