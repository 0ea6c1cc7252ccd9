import type { Batch, Figure, Part, Surroundings } from "../part.ts";
import { type Counts, describePoint, pointOfCase, STORIES } from "./cases.ts";
import { type KillPoint, killPoints, type PointResult } from "./kill-points.ts";
import { OUR_TREE } from "./program.ts";
import { type Syscall, whyNoStrace } from "./strace.ts";

export const kills: Part = {
  name: "kills",
  shows: "kill -9 at any syscall of any flow leaves nothing half done, lost or done twice",
  cases: 5000,
  batch: STORIES.length,
  whyNot: whyNoStrace,
  run,
};

const counted = new Map<string, ReadonlyMap<Syscall, number>>();
const keyOf = ({ dialect, flow }: Pick<KillPoint, "dialect" | "flow">) => `${dialect} ${flow}`;

async function run({ seed, from, to }: Batch, { createPostgres, folder, signal }: Surroundings): Promise<Figure[]> {
  const options = { tree: OUR_TREE, folder, createPostgres, signal };
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const wanted = numbers.map((number) => STORIES[number % STORIES.length]).filter((story) => story !== undefined);
  const uncounted = STORIES.filter((story) => wanted.includes(story) && !counted.has(keyOf(story)));
  const counting = uncounted.map((story) => ({ ...story, kill: null, isShort: true }));
  await killPoints({ ...options, points: counting, onResult: (result) => noteCount(result) });

  const counts: Counts = (dialect, flow) => counted.get(keyOf({ dialect, flow })) ?? new Map();
  const points = numbers.map((number) => pointOfCase(number, seed, counts));
  const startedAt = performance.now();
  const results = await killPoints({ ...options, points, onResult: (result) => judge(result, { seed, from, to }) });
  const msAPoint = Math.round((performance.now() - startedAt) / Math.max(1, results.length));
  return figuresOf(results, msAPoint);
}

function noteCount(result: PointResult): void {
  judge(result, null);
  counted.set(keyOf(result.point), result.counted);
}

/** @throws when something was wrong, or nothing was killed */
function judge({ point, wasKilled, violation }: PointResult, batch: Batch | null): void {
  const again = batch === null ? "" : `\nSee it again with seed ${batch.seed}, cases ${batch.from} to ${batch.to}.`;
  if (violation !== null) throw new Error(`${describePoint(point)}: ${violation}${again}`);
  if (point.kill !== null && !wasKilled) throw new Error(`${describePoint(point)}: it was not killed${again}`);
}

function figuresOf(results: readonly PointResult[], msAPoint: number): Figure[] {
  const killed = results.filter(({ wasKilled }) => wasKilled);
  const on = (dialect: string) => killed.filter(({ point }) => point.dialect === dialect).length;
  const inRealTime = killed.filter(({ point }) => point.isPlain === true).length;
  return [
    { what: "points killed by SIGKILL", value: killed.length, as: "sum" },
    { what: "of them on SQLite", value: on("sqlite"), as: "sum" },
    { what: "of them on PostgreSQL", value: on("postgres"), as: "sum" },
    { what: "of them in real time, nothing loaded into the service", value: inRealTime, as: "sum" },
    { what: "points not killed", value: results.length - killed.length, as: "sum", aim: { atMost: 0 } },
    { what: "time a point", value: msAPoint, as: "most", unit: "ms" },
  ];
}
