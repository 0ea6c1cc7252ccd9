import type { ChildProcess } from "node:child_process";
import { environment } from "./environment.ts";
import type { Measured } from "./load.ts";
import { runRound, type Service, START_FLAGS, startScript, stop } from "./processes.ts";
import { countCalls, seed } from "./seed.ts";
import { startStandIn } from "./stand-in.ts";

const CONNECTIONS = 50;
/** As many as call in a join storm. */
const CROWD = 250;
/** What V8 makes of one process is some percent quicker or slower than of the next: each is started anew so often. */
const STARTS = 3;
const CYCLES = 6;
/** A process is quickest after so many calls. */
const WARM_UP_CALLS = 15_000;
const CALLS_A_ROUND = 5000;
const CALLS_OF_A_CROWD = 10_000;
const STRANGER_SHARE = 0.2;
/** Later callers would have a new one sent, which is another path than the one that is measured. */
const CODES_LAST_MS = 7 * 60_000;
const COMMANDS = 10_000;
/** Slack hangs for as long as this whenever it is asked anything. */
const SLOW_SLACK_MS = 2000;

/** Of which of the services, and how: by target, one entry a cycle; the rounds of one cycle ran next to each other. */
export type Rounds = Record<
  "bare" | "service" | "undurable" | "million" | "mixed" | "bareCrowd" | "serviceCrowd" | "undurableCrowd",
  Measured[]
>;

type Target = { name: keyof Rounds; service: Service; people: number; strangerShare: number; expected: string };

/** Databases of the services, and when the codes in them were sent, which are good for some minutes. */
export type Files = { few: string; undurable: string; million: string; seededAt: number };

export type Bench = { load: ChildProcess; standInUrl: string; say: (text: string) => void };

/** Rounds of all targets in turns, so that what else the machine does disturbs them alike. */
export async function measureCalls(bench: Bench, files: Files, few: number, many: number): Promise<Rounds> {
  const rounds: Rounds = {
    ...{ bare: [], service: [], undurable: [], million: [], mixed: [] },
    ...{ bareCrowd: [], serviceCrowd: [], undurableCrowd: [] },
  };
  for (let start = 1; start <= STARTS; start += 1) {
    bench.say(`starting and warming up, ${start} of ${STARTS} …`);
    const services = await startServices(bench, files);
    const { bare, service, undurable, million } = services;
    const alone = [
      aTarget("bare", bare, few),
      aTarget("service", service, few),
      aTarget("undurable", undurable, few),
      aTarget("million", million, many),
    ];
    const crowds = [
      aTarget("bareCrowd", bare, few),
      aTarget("serviceCrowd", service, few),
      aTarget("undurableCrowd", undurable, few),
    ];
    for (const target of alone) {
      for (let calls = 0; calls < WARM_UP_CALLS; calls += CALLS_A_ROUND) await callAt(bench, target);
    }
    const targets = [...alone, ...crowds];
    for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
      bench.say(`cycle ${cycle} of ${CYCLES} …`);
      for (const target of cycle % 2 === start % 2 ? targets : targets.toReversed()) {
        rounds[target.name].push(await callAt(bench, target));
      }
    }
    const mixed = { ...aTarget("mixed", service, few), strangerShare: STRANGER_SHARE, expected: "<Response>" };
    rounds.mixed.push(await callAt(bench, mixed));
    for (const { child } of Object.values(services)) await stop(child);
  }
  const ofEach = WARM_UP_CALLS + CYCLES * CALLS_A_ROUND;
  mustKnow(files.few, STARTS * (ofEach + CYCLES * CALLS_OF_A_CROWD + CALLS_A_ROUND));
  mustKnow(files.million, STARTS * ofEach);
  if (Date.now() > files.seededAt + CODES_LAST_MS) throw new Error("this took so long that codes had to be sent");
  return rounds;
}

async function startServices({ standInUrl }: Bench, files: Files) {
  const bare = await startScript(new URL("bare.ts", import.meta.url));
  const startService = (file: string, more: Record<string, string> = {}) =>
    startScript(new URL("service.ts", import.meta.url), START_FLAGS, {
      ...environment(standInUrl, `file:${file}`),
      ...more,
    });
  const service = await startService(files.few);
  const undurable = await startService(files.undurable, { BENCH_DURABILITY: "OFF" });
  const million = await startService(files.million);
  return { bare, service, undurable, million };
}

/** Calls as many as a round has, at one service. */
export function callAt({ load }: Pick<Bench, "load">, target: Target): Promise<Measured> {
  const { service, people, strangerShare, expected } = target;
  const isCrowd = target.name.endsWith("Crowd");
  return runRound(load, {
    ports: [service.port],
    calls: isCrowd ? CALLS_OF_A_CROWD : CALLS_A_ROUND,
    connections: isCrowd ? CROWD : CONNECTIONS,
    senders: { people, strangerShare },
    expected,
  });
}

export function aTarget(name: keyof Rounds, service: Service, people: number): Target {
  return { name, service, people, strangerShare: 0, expected: "Please enter the 6-digit code" };
}

/** A number that was got by forgetting calls would be worth nothing. */
function mustKnow(file: string, calls: number): void {
  const known = countCalls(file);
  if (known !== calls) throw new Error(`${calls} calls were answered, ${known} are in the database`);
}

/** Slash commands of a crowd while Slack hangs: each has to be acknowledged, or this fails. */
export async function measureCommands({ load, say }: Bench, file: string, people: number): Promise<Measured> {
  say(`typing ${COMMANDS.toLocaleString("en")} commands …`);
  const slowSlack = await startStandIn(SLOW_SLACK_MS);
  await seed(file, people);
  const service = await startScript(
    new URL("service.ts", import.meta.url),
    START_FLAGS,
    environment(slowSlack.url, `file:${file}`),
  );
  try {
    const ports = [service.port];
    const senders = { responseUrl: `${slowSlack.url}/slack/response` };
    return await runRound(load, { ports, calls: COMMANDS, connections: CROWD, senders, expected: "" });
  } finally {
    // It would first answer them all, and Slack is slow.
    service.child.kill("SIGKILL");
    slowSlack.server.close();
    slowSlack.server.closeAllConnections();
  }
}
