import type { Measured } from "./load.ts";
import type { NodeRounds } from "./nodes.ts";
import type { Rounds } from "./rounds.ts";
import type { Ticks } from "./schedules.ts";
import { table } from "./table.ts";

export type Results = {
  rounds: Rounds;
  commands: Measured;
  nodes: NodeRounds | { leftOut: string };
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

/** Slack gives up at three seconds; this leaves the network its part. */
const LONGEST_ACK_MS = 2500;
/** So soon somebody who calls in a crowd must hear something. */
const LONGEST_ANSWER_MS = 1000;
const TWO_OF_ONE = 1.6;
/** Each node, the database and who calls want one of their own. */
const CORES_FOR_TWO = 4;

export function judge({ rounds, commands, nodes, ticks, startMs, memoryMb }: Results): Verdict[] {
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
    ...judgeCrowd(rounds),
    {
      what: "slowest acknowledgement of 10,000 commands, Slack hanging",
      measured: `${(commands.maxMs / 1000).toFixed(2)} s`,
      aim: `≤ ${LONGEST_ACK_MS / 1000} s`,
      isMet: commands.maxMs <= LONGEST_ACK_MS,
    },
    judgeNodes(nodes),
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

function judgeCrowd({ bareCrowd, serviceCrowd, undurableCrowd }: Rounds): Verdict[] {
  const durability = ratio(serviceCrowd, undurableCrowd, ({ perSecond }) => perSecond);
  const p99 = ratio(serviceCrowd, bareCrowd, ({ p99Ms }) => p99Ms);
  const slowestMs = Math.max(...serviceCrowd.map(({ maxMs }) => maxMs));
  return [
    { what: "the same at 250 connections", ...percent(durability, 0.8) },
    {
      what: "p99 at 250 connections, times the bare app's",
      measured: `${p99.toFixed(2)} ×`,
      aim: "≤ 2 ×",
      isMet: p99 <= 2,
    },
    {
      what: "slowest first answer to 250 callers at once",
      measured: `${(slowestMs / 1000).toFixed(2)} s`,
      aim: `≤ ${LONGEST_ANSWER_MS / 1000} s`,
      isMet: slowestMs <= LONGEST_ANSWER_MS,
    },
  ];
}

/** Where there are too few cores, all that can be told is what they did. */
function judgeNodes(nodes: Results["nodes"]): Verdict {
  const what = "calls a second of two nodes on PostgreSQL, times one's";
  const aim = `≥ ${TWO_OF_ONE} ×`;
  if ("leftOut" in nodes) return { what, measured: "left out", aim, isMet: null };
  const times = ratio(nodes.two, nodes.one, ({ perSecond }) => perSecond);
  const isMet = times >= TWO_OF_ONE || (nodes.cores >= CORES_FOR_TWO ? false : null);
  return { what, measured: `${times.toFixed(2)} ×`, aim, isMet };
}

/** What bounds two nodes: what each took of the machine's cores while they were called. */
function boundOf({ cpu, cores }: NodeRounds): string {
  const share = (pick: (one: NodeRounds["cpu"][number]) => number) => median(cpu.map(pick)).toFixed(2);
  const used = `both nodes ${share((one) => one.nodes)}, PostgreSQL and the rest ${share((one) => one.database)}, who calls ${share((one) => one.load)}`;
  const verdict =
    cores >= CORES_FOR_TWO
      ? ""
      : ` So few cores cannot show it: two nodes share what one has, and the database's work.`;
  return `Of ${cores} cores, two nodes under load: ${used}.${verdict}`;
}

function judgeTicks(database: string, ticks: Results["ticks"]["postgres"]): Verdict {
  const what = `a scheduled call among 100,000, times one among 10, ${database}`;
  const aim = `≤ ${MOST_FOR_MANY} ×`;
  if ("leftOut" in ticks) return { what, measured: "left out", aim, isMet: null };
  const times = median(ticks.many.map((value, round) => value / (ticks.few[round] ?? value)));
  return { what, measured: `${times.toFixed(2)} ×`, aim, isMet: times <= MOST_FOR_MANY };
}

const NAMES: Record<keyof Rounds, string> = {
  bare: "bare Express app",
  service: "Confline, 10 people",
  undurable: "Confline, 10 people, synchronous=OFF",
  million: "Confline, 1,000,000 people",
  mixed: "Confline, 10 people, one caller in five a stranger",
  bareCrowd: "bare Express app, 250 connections",
  serviceCrowd: "Confline, 10 people, 250 connections",
  undurableCrowd: "Confline, 10 people, 250 connections, synchronous=OFF",
};

/** The measurements and the verdicts as a reader wants them: two tables. */
export function asText(results: Results): string {
  const { rounds, commands, nodes, ticks, startMs, memoryMb } = results;
  const loads = Object.entries(NAMES).map(([key, name]) => loadCells(name, rounds[key as keyof typeof NAMES]));
  if (!("leftOut" in nodes)) {
    loads.push(loadCells("Confline, one node on PostgreSQL", nodes.one));
    loads.push(loadCells("Confline, two nodes on PostgreSQL", nodes.two));
  }
  loads.push(loadCells("slash commands, 250 connections, Slack hanging", [commands]));
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
    table(["First webhook of a call", "calls/s", "p50 ms", "p99 ms", "longest ms"], loads),
    ...("leftOut" in nodes ? [] : [boundOf(nodes)]),
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

function loadCells(name: string, measured: readonly Measured[]): string[] {
  const of = (pick: (each: Measured) => number) => median(measured.map(pick));
  const milliseconds = (value: number) => value.toFixed(1);
  return [
    name,
    of(({ perSecond }) => perSecond).toFixed(0),
    milliseconds(of(({ p50Ms }) => p50Ms)),
    milliseconds(of(({ p99Ms }) => p99Ms)),
    milliseconds(Math.max(...measured.map(({ maxMs }) => maxMs))),
  ];
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
