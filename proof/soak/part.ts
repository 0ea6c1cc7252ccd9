import { existsSync } from "node:fs";
import { compile, OUR_TREE } from "../kills/program.ts";
import type { Batch, Figure, Part, Surroundings } from "../part.ts";
import type { Played } from "./callers.ts";
import type { HourMeasure } from "./measure.ts";
import { slopeOf } from "./slope.ts";
import { type Soaked, soak } from "./soak.ts";

const HOURS = 24;
const CALLS = 100_000;
/** Caches fill, and code is compiled, while the first hours are played. */
const WARM_UP_HOURS = 2;
const HOURS_FOR_A_SLOPE = 3;
/** What is resident goes up and down by some ten MB, as the allocator likes: over few hours a slope is chance. */
const HOURS_FOR_A_RESIDENT_SLOPE = 10;
const MEGABYTE = 1_048_576;
/** SQLite copies its log back from 16,000 pages of 4 KB on; what is committed together may lie beyond, and the rest is slack. */
const WAL_AT_MOST_MB = 72;
/** In the last minutes of an hour nobody calls, and all comes to rest. */
const SESSIONS = { slots: 8, slotMs: 390_000 };
const TOWN = { callsAnHour: Math.ceil(CALLS / HOURS), ...SESSIONS, channels: 6, peopleAChannel: 100, stepMs: 2000 };

/** A case is an hour; a batch is one run of the service, for memory that grows is seen over many hours only. */
export const soaking: Part = {
  name: "soak",
  shows:
    "a day of 100,000 calls in one run of the service leaves memory, files, open handles and waiting work where they were, and what is older than RETENTION_DAYS is deleted",
  cases: HOURS,
  batch: HOURS,
  whyNot: () => (existsSync("/proc/self/fd") ? null : "there is no /proc to count open handles in"),
  run,
};

async function run({ seed, from, to }: Batch, { folder, signal, say }: Surroundings): Promise<Figure[]> {
  const program = await compile(OUR_TREE);
  const startedAt = performance.now();
  const onHour = (hour: number, measured: HourMeasure) => {
    const leftSeconds = ((performance.now() - startedAt) * (to - hour - 1)) / (hour + 1 - from) / 1000;
    say(`hour ${hour + 1} of ${to}: ${hourWords(measured)}, ${Math.ceil(leftSeconds / 60)} min left`);
  };
  try {
    const soaked = await soak({ ...TOWN, command: program.command, folder, seed, from, to, signal, onHour });
    for (const line of soaked.complaints) say(line);
    mustBeRight(soaked);
    return [...figuresOfCalls(soaked.calls), ...figuresOfHours(soaked)];
  } finally {
    program.remove();
  }
}

/** Whoever hears this was being answered when the machine stood still. */
const APOLOGY = "Sorry, something went wrong on our side.";

/** @throws {Error} when somebody was let in wrongly, or kept out but for a machine that stood still */
export function mustBeRight({ calls, standstills }: Pick<Soaked, "calls" | "standstills">): void {
  const isExcused = ({ heard }: Played) => standstills > 0 && heard.startsWith(APOLOGY);
  const wrong = calls.find((call) => call.wasIn !== call.mayEnter && (call.wasIn || !isExcused(call)));
  if (wrong === undefined) return;
  throw new Error(`${wrong.mayEnter ? "kept out" : "let in"} wrongly; the last they heard: ${wrong.heard}`);
}

function figuresOfCalls(calls: readonly Played[]): Figure[] {
  return [
    { what: "calls", value: calls.length, as: "sum" },
    { what: "of them let in", value: calls.filter(({ wasIn }) => wasIn).length, as: "sum" },
  ];
}

/** What is measured over hours and after them. */
export function figuresOfHours(soaked: Omit<Soaked, "calls">): Figure[] {
  const { hours, rowsLeft, hourAfter, complaints, standstills } = soaked;
  const all = [...hours, hourAfter];
  const most = (of: (measured: HourMeasure) => number) => Math.max(...all.map(of));
  const [first = hourAfter, last = hourAfter] = [hours[0], hours.at(-1)];
  return [
    ...slopes(hours),
    { what: "memory at the end", value: heapMb(last), as: "most", unit: "MB" },
    { what: "resident at the end", value: last.memory.rss / MEGABYTE, as: "most", unit: "MB" },
    { ...NONE, what: "effects that wait at an hour's end", value: most(({ waiting, parked }) => waiting + parked) },
    { ...NONE, what: "handles more than after the first hour", value: most(({ handles }) => handles) - first.handles },
    {
      what: "SQLite's log",
      value: most(({ walBytes }) => walBytes) / MEGABYTE,
      as: "most",
      unit: "MB",
      aim: { atMost: WAL_AT_MOST_MB },
    },
    { ...NONE, what: "rows left when all is past the retention", value: rowsLeft },
    {
      what: "file grown by another hour after that",
      value: Math.max(0, hourAfter.fileBytes - last.fileBytes) / MEGABYTE,
      as: "most",
      unit: "MB",
      aim: { atMost: 1 },
    },
    { what: "times that the machine stood still", value: standstills, as: "sum" },
    // What it gives up then, it tells.
    { ...NONE, what: "warnings and errors logged", value: complaints.length, ...(standstills > 0 ? UNJUDGED : {}) },
  ];
}

const NONE = { as: "most", aim: { atMost: 0 } } as const;
const UNJUDGED = { aim: undefined };

/** None where too few hours were played to tell. */
function slopes(hours: readonly HourMeasure[]): Figure[] {
  const warm = hours.slice(WARM_UP_HOURS);
  if (warm.length < HOURS_FOR_A_SLOPE) return [];
  const slope = (of: (measured: HourMeasure) => number) => slopeOf(warm.map((one, at) => ({ at, value: of(one) })));
  const figure = { as: "most", unit: "MB per hour", aim: { atMost: 1 } } as const;
  const resident = { ...figure, what: "resident memory grows by", value: slope(({ memory }) => memory.rss / MEGABYTE) };
  return [
    { ...figure, what: "memory grows by", value: slope(heapMb) },
    ...(warm.length < HOURS_FOR_A_RESIDENT_SLOPE ? [] : [resident]),
  ];
}

/** What its heap and its buffers hold. */
function heapMb({ memory }: HourMeasure): number {
  return (memory.heapUsed + memory.external) / MEGABYTE;
}

function hourWords(measured: HourMeasure): string {
  const { memory, handles, walBytes, waiting } = measured;
  const mb = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
  return `memory ${heapMb(measured).toFixed(1)} MB, resident ${mb(memory.rss)} MB, ${handles} handles, log ${mb(walBytes)} MB, ${waiting} waiting`;
}
