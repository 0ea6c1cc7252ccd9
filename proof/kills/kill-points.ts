import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { checkWhatAlwaysHolds } from "./always.ts";
import type { Flow } from "./flow.ts";
import { FLOWS, type FlowName } from "./flows.ts";
import { compile } from "./program.ts";
import { PEOPLE } from "../../test/support/world.ts";
import { aGuest, conf, type Scene } from "./scene.ts";
import { setStage, type Stage } from "./stage.ts";
import { countSyscalls, type Kill, type Syscall, tellsOfKill } from "./strace.ts";

export type Dialect = "sqlite" | "postgres";

/** Where the service is killed. */
export type KillPoint = {
  dialect: Dialect;
  flow: FlowName;
  /** As it enters this call for the so-manieth time; null to count all calls. */
  kill: Kill | null;
  /** What comes meanwhile waits for the service to be back; else it is refused until everybody has given up. */
  isShort: boolean;
  /** In real time, with nothing loaded into the service: what waits for a lease takes as long as it does. */
  isPlain?: boolean;
};

export type PointResult = {
  point: KillPoint;
  /** False when the flow was through before: then `counted` says how often that call came. */
  wasKilled: boolean;
  counted: ReadonlyMap<Syscall, number>;
  /** What was wrong afterwards; null when all was well. */
  violation: string | null;
};

export type KillPointsOptions = {
  /** A folder with our source, or a changed copy of it: `package.json`, `src`, `migrations`, `node_modules`. */
  tree: string;
  points: readonly KillPoint[];
  folder: string;
  createPostgres(): Promise<string>;
  /** Each on a database of its own; else one story goes on from point to point, which takes half the time. */
  isApart?: boolean;
  signal?: AbortSignal;
  onResult?: (result: PointResult) => void;
};

const TRAILING_MS = 8000;
const STEP_MS = 250;
/** People who were refused have given up by then. */
const LONG_OUTAGE_MS = 3000;
/** A stage that has seen so many points has no new names to give. */
const POINTS_A_STAGE = 200;

/** Kills the service of a tree at each of these points, starts it again, and looks from outside at what came of it. */
export async function killPoints(options: KillPointsOptions): Promise<PointResult[]> {
  const program = await compile(options.tree);
  const stages = new Map<string, { stage: Stage; points: number }>();
  const results: PointResult[] = [];
  try {
    for (const point of options.points) {
      options.signal?.throwIfAborted();
      const key = `${point.dialect} ${point.isPlain === true}`;
      const used = stages.get(key) ?? { stage: await newStage(options, point, program.command), points: 0 };
      stages.set(key, used);
      const result = await killSomewhere(used.stage, point, () => 2 * used.points++);
      results.push(result);
      options.onResult?.(result);
      if (options.isApart !== true && result.violation === null && used.points < POINTS_A_STAGE) continue;
      stages.delete(key);
      await used.stage.end();
    }
    return results;
  } finally {
    for (const { stage } of stages.values()) await stage.end();
    program.remove();
  }
}

async function newStage(options: KillPointsOptions, point: KillPoint, command: readonly string[]): Promise<Stage> {
  mkdirSync(options.folder, { recursive: true });
  const folder = mkdtempSync(join(options.folder, "stage-"));
  const databaseUrl =
    point.dialect === "sqlite" ? `file:${join(folder, "confline.db")}` : await options.createPostgres();
  const stage = await setStage({ command, databaseUrl, folder, isPlain: point.isPlain === true });
  try {
    await stage.start();
    await stage.play(conf(stage, `add @isabelle ${PEOPLE.isabelle.number}`));
    await stage.play(conf(stage, `add @tommy ${PEOPLE.tommy.number}`));
    return stage;
  } catch (error) {
    await stage.end();
    throw error;
  }
}

/** How often it is tried to kill there at all: a call may come less often than it did. */
const ATTEMPTS = 3;

/** Every flow reads something. */
const SURE: Kill = { syscall: "read", nth: 1 };

/** Kills at this point; when the flow was through before, at an earlier one, and at last where it surely comes by. */
async function killSomewhere(stage: Stage, point: KillPoint, newGuests: () => number): Promise<PointResult> {
  let result = await killAt(stage, point, newGuests());
  const { kill } = point;
  for (let attempt = 2; attempt <= ATTEMPTS && !result.wasKilled && result.violation === null; attempt += 1) {
    if (kill === null) break;
    const came = result.counted.get(kill.syscall) ?? 0;
    const earlier = came === 0 || attempt === ATTEMPTS ? SURE : { ...kill, nth: 1 + (Math.floor(kill.nth / 2) % came) };
    result = await killAt(stage, { ...point, kill: earlier }, newGuests());
  }
  return result;
}

async function killAt(stage: Stage, point: KillPoint, guests: number): Promise<PointResult> {
  const flow: Flow = FLOWS[point.flow];
  const scene: Scene = {
    stage,
    guests: { first: aGuest(guests), second: aGuest(guests + 1) },
    answeredBefore: stage.door.answered().length,
  };
  let log = "";
  let isDead = false;
  let violation: string | null = "nothing was done";
  try {
    await stage.play(flow.prepare(scene));
    for (let passed = 0; passed < TRAILING_MS; passed += 2000) await stage.pass(2000);
    stage.door.whenGone(point.isShort ? "waits" : "refused");
    const { acting, watched, wasOurs } = await actAndDie(scene, flow, point);
    log = watched;
    isDead = !wasOurs;
    await restart(stage, point);
    await stage.play(acting);
    await flow.check(scene);
    await checkWhatAlwaysHolds(scene);
    violation = null;
  } catch (error) {
    violation = error instanceof Error ? error.message : String(error);
  }
  const wasKilled = isDead && point.kill !== null && tellsOfKill(log, point.kill);
  return { point, wasKilled, counted: countSyscalls(log), violation };
}

async function restart(stage: Stage, { isShort }: KillPoint): Promise<void> {
  for (let passed = 0; !isShort && passed < LONG_OUTAGE_MS; passed += STEP_MS) await stage.pass(STEP_MS);
  const service = await stage.start();
  if (service.hasEnded()) throw new Error(`it does not start again:\n${service.said()}`);
}

type Death = { acting: Promise<unknown>; watched: string; wasOurs: boolean };

/** Lets people act until the service dies of it; when it does not, it is put down. */
async function actAndDie(scene: Scene, flow: Flow, point: KillPoint): Promise<Death> {
  const { stage } = scene;
  if (point.flow === "a start") {
    stage.service().signal("SIGKILL");
    await stage.service().ended;
    await stage.start({ watchFromStart: point.kill });
  } else await stage.service().watch(point.kill);
  const service = stage.service();
  const acting = flow.act(scene);
  let isDone = false;
  acting.then(
    () => (isDone = true),
    () => (isDone = true),
  );
  for (let trailing = 0; !service.hasEnded() && trailing < TRAILING_MS; trailing += isDone ? STEP_MS : 0) {
    await stage.pass(STEP_MS);
  }
  const wasOurs = !service.hasEnded();
  service.signal("SIGKILL");
  await service.ended;
  return { acting, watched: await service.watched(), wasOurs };
}
