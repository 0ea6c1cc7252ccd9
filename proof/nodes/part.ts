import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "../../src/simulator/random.ts";
import { type PostgresServer, startPostgres } from "../../test/support/postgres-server.ts";
import type { Figure, Part, Surroundings } from "../part.ts";
import { checkAll } from "./check.ts";
import { bringAbout, type Fault, FAULTS } from "./faults.ts";
import { callOut, carryOn, come, type Deeds, isIn } from "./load.ts";
import { compile } from "./node-process.ts";
import { cast, type Person, setUp } from "./people.ts";
import { startTown, type Town } from "./town.ts";

const BEFORE_MS = 3000;
const LOAD_MS = 20_000;
/** A load balancer takes so long at most to see that a node is gone. */
const NOTICED_AFTER_MS = 3000;
const REPETITIONS = 25;

/** The promises about two nodes, kept by two processes of what `npm start` runs. */
export const nodes: Part = {
  name: "nodes",
  shows: "Of two nodes on PostgreSQL one may die, freeze and wake, or lose the database; or the database restarts.",
  cases: FAULTS.length * REPETITIONS,
  batch: 1,
  async run({ seed, from, to }, surroundings) {
    const figures: Figure[][] = [];
    for (let number = from; number < to; number += 1) figures.push(await runCase(seed, number, surroundings));
    return figures.flat();
  },
};

async function runCase(seed: number, number: number, surroundings: Surroundings): Promise<Figure[]> {
  const fault = FAULTS[number % FAULTS.length] ?? "killed";
  compile();
  // One that restarts must not take other cases' database along.
  const server = fault === "database-restarted" ? await ownServer() : null;
  const databaseUrl = server === null ? await surroundings.createPostgres() : server.url;
  const town = await startTown(databaseUrl, surroundings.folder, seed + number);
  try {
    return await live(town, fault, seed, number, surroundings.signal, server);
  } catch (error) {
    const said = town.nodes.map(({ process }) => process.lastWords().slice(-2000)).join("\n---\n");
    throw new Error(`nodes, case ${number} of seed ${seed} (${fault}): ${String(error)}\n${said}`, { cause: error });
  } finally {
    await town.close();
    await server?.stop();
  }
}

/** It must not forget what it confirmed. */
function ownServer(): Promise<PostgresServer> {
  return startPostgres(process.env, { synchronous_commit: "on" });
}

async function live(
  town: Town,
  fault: Fault,
  seed: number,
  number: number,
  signal: AbortSignal,
  server: PostgresServer | null,
): Promise<Figure[]> {
  const random = seededRandom(seed * 1000 + number);
  const people = cast();
  await setUp(town, people);
  const before = nothingDone();
  const moderators = people.filter(({ part }) => part === "moderates");
  await Promise.all(moderators.map((person) => come(town, person, before)));
  signal.throwIfAborted();

  const living = carryOn(town, people, random, LOAD_MS);
  await pause(BEFORE_MS + random.below(1500));
  await callOut(town);
  await pause(random.below(1500));
  const lateDeeds = nothingDone();
  const late = people.filter(({ part }) => part === "comes-late");
  const moving = bringAbout(town, fault, server?.restart ?? (() => Promise.resolve()));
  const coming = pause(NOTICED_AFTER_MS).then(() => Promise.all(late.map((person) => come(town, person, lateDeeds))));
  const [moves, during] = await Promise.all([moving, living, coming]);
  town.hurry();
  signal.throwIfAborted();

  const deeds = { ...during, calls: [...before.calls, ...during.calls, ...lateDeeds.calls] };
  const { wrongAdmissions, doubled, lost } = await checkAll(town, people, deeds, before.calls);
  const isThere = (person: Person) =>
    deeds.calls.some(({ person: caller, call }) => caller === person && (isIn(call) || deeds.hungUp.has(call.callSid)));
  const absent = late.filter((person) => !isThere(person)).map(({ name }) => `${name} never got in`);
  const violations = [...wrongAdmissions, ...doubled, ...lost, ...absent];
  if (violations.length > 0) throw new Error(`violated: ${violations.join("; ")}`);
  return [
    { what: "calls made", value: town.sim.twilio.calls().length, as: "sum" },
    { what: "people who came", value: people.filter(({ part }) => part.startsWith("comes")).length, as: "sum" },
    {
      what: "people who got in",
      value: people.filter((one) => one.part.startsWith("comes") && isThere(one)).length,
      as: "sum",
    },
    { what: "commands acknowledged", value: deeds.commands.filter(({ status }) => status === 200).length, as: "sum" },
    { what: "lanes that moved", value: moves.length, as: "sum" },
    { what: "longest take-over", value: Math.max(0, ...moves), as: "most", unit: "ms", aim: { atMost: 10_000 } },
    { what: "doubled effects", value: doubled.length, as: "sum", aim: { atMost: 0 } },
    { what: "wrong admissions", value: wrongAdmissions.length, as: "sum", aim: { atMost: 0 } },
  ];
}

function nothingDone(): Deeds {
  return { calls: [], hungUp: new Set(), commands: [] };
}
