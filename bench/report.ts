import type { Measured } from "./load.ts";
import type { Ticks } from "./schedules.ts";

export type Results = {
  /** By target, one entry a cycle; the rounds of one cycle ran next to each other. */
  rounds: { bare: Measured[]; service: Measured[]; undurable: Measured[]; million: Measured[]; mixed: Measured[] };
  /** Of PostgreSQL, why it was left out where no server could be had. */
  ticks: { sqlite: Ticks; postgres: Ticks | { leftOut: string } };
  startMs: { few: number[]; million: number[] };
  memoryMb: {
    few: { idle: number | null; busy: number | null };
    million: { idle: number | null; busy: number | null };
  };
};

/** One aim: what it is about, what was measured, and whether it is met; null when it cannot be told here. */
export type Verdict = { what: string; measured: string; aim: string; isMet: boolean | null };

const MAX_MEMORY_MB = 150;
const MAX_START_MS = 2000;
/** An index of 100,000 is two pages deeper than one of ten: some percent. */
const MOST_FOR_MANY = 1.5;

export function judge({ rounds, ticks, startMs, memoryMb }: Results): Verdict[] {
  const { bare, service, undurable, million } = rounds;
  const perSecond = ({ perSecond: value }: Measured) => value;
  const throughput = ratio(service, bare, perSecond);
  const p99 = ratio(service, bare, ({ p99Ms }) => p99Ms);
  const durability = ratio(service, undurable, perSecond);
  const size = ratio(million, service, perSecond);
  const memory = highest(memoryMb.few.busy, memoryMb.million.busy);
  const start = Math.max(median(startMs.few), median(startMs.million));
  return [
    { what: "calls a second, of the bare app's", ...percent(throughput, 0.5) },
    { what: "p99, times the bare app's", measured: `${p99.toFixed(2)} ×`, aim: "≤ 2 ×", isMet: p99 <= 2 },
    { what: "calls a second, of those with synchronous=OFF", ...percent(durability, 0.8) },
    { what: "calls a second with 1,000,000 people, of those with 10", ...percent(size, 0.9) },
    judgeTicks("SQLite", ticks.sqlite),
    judgeTicks("PostgreSQL", ticks.postgres),
    {
      what: "memory after the calls",
      measured: memory === null ? "unknown" : `${memory.toFixed(0)} MB`,
      aim: `< ${MAX_MEMORY_MB} MB`,
      isMet: memory === null ? null : memory < MAX_MEMORY_MB,
    },
    {
      what: "start until healthy",
      measured: `${(start / 1000).toFixed(2)} s`,
      aim: `< ${MAX_START_MS / 1000} s`,
      isMet: start < MAX_START_MS,
    },
  ];
}

function judgeTicks(database: string, ticks: Results["ticks"]["postgres"]): Verdict {
  const what = `a scheduled call among 100,000, times one among 10, ${database}`;
  const aim = `≤ ${MOST_FOR_MANY} ×`;
  if ("leftOut" in ticks) return { what, measured: "left out", aim, isMet: null };
  const times = median(ticks.many.map((value, round) => value / (ticks.few[round] ?? value)));
  return { what, measured: `${times.toFixed(2)} ×`, aim, isMet: times <= MOST_FOR_MANY };
}

const NAMES: Record<keyof Results["rounds"], string> = {
  bare: "bare Express app",
  service: "Confline, 10 people",
  undurable: "Confline, 10 people, synchronous=OFF",
  million: "Confline, 1,000,000 people",
  mixed: "Confline, 10 people, one caller in five a stranger",
};

/** The measurements and the verdicts as a reader wants them: two tables. */
export function asText(results: Results): string {
  const { rounds, ticks, startMs, memoryMb } = results;
  const loads = Object.entries(NAMES).map(([key, name]) => {
    const measured = rounds[key as keyof typeof NAMES];
    const of = (pick: (each: Measured) => number) => median(measured.map(pick));
    const milliseconds = (value: number) => value.toFixed(1);
    return [
      name,
      of(({ perSecond }) => perSecond).toFixed(0),
      milliseconds(of(({ p50Ms }) => p50Ms)),
      milliseconds(of(({ p99Ms }) => p99Ms)),
    ];
  });
  const processes = (["few", "million"] as const).map((size) => [
    size === "few" ? "npm start, 10 people" : "npm start, 1,000,000 people",
    `${(median(startMs[size]) / 1000).toFixed(2)} s`,
    `${memoryMb[size].idle?.toFixed(0) ?? "?"} MB`,
    `${memoryMb[size].busy?.toFixed(0) ?? "?"} MB`,
  ]);
  const verdicts = judge(results).map(({ what, measured, aim, isMet }) => [
    what,
    measured,
    aim,
    isMet === null ? "?" : isMet ? "met" : "MISSED",
  ]);
  return [
    table(["First webhook of a call", "calls/s", "p50 ms", "p99 ms"], loads),
    table(
      ["A job of a scheduled call that is due", "among 10", "among 100,000"],
      [
        ["SQLite", ...tickCells(ticks.sqlite)],
        ["PostgreSQL", ...tickCells(ticks.postgres)],
      ],
    ),
    table(["The process", "start", "idle", "after calls"], processes),
    table(["Ratios, median of the cycles", "measured", "aim", ""], verdicts),
  ].join("\n\n");
}

function tickCells(ticks: Results["ticks"]["postgres"]): string[] {
  if ("leftOut" in ticks) return [`left out: ${ticks.leftOut}`];
  return [ticks.few, ticks.many].map((values) => `${median(values).toFixed(0)} µs`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The median of each cycle's ratio: what disturbs the machine disturbs both sides of a cycle alike. */
function ratio(above: readonly Measured[], below: readonly Measured[], pick: (each: Measured) => number): number {
  return median(above.map((each, cycle) => pick(each) / pick(below[cycle] ?? each)));
}

function percent(value: number, atLeast: number): Omit<Verdict, "what"> {
  return { measured: `${(value * 100).toFixed(0)} %`, aim: `≥ ${atLeast * 100} %`, isMet: value >= atLeast };
}

function highest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const asLine = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [asLine(head), rule, ...rows.map(asLine)].join("\n");
}
