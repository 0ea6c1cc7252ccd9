import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** Of a second: what Linux counts in, on every machine that we know of. */
const TICK = 0.01;

/** CPU time that a process has used so far; NaN where there is no /proc. */
export function cpuSeconds({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return Number.NaN;
  // The name, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** CPU time that all processes together have used so far. */
export function machineCpuSeconds(): number {
  if (process.platform !== "linux") return Number.NaN;
  const [user, nice, system, , , irq, softirq] = (/^cpu +(.*)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1] ?? "")
    .split(" ")
    .map(Number);
  return [user, nice, system, irq, softirq].reduce<number>((sum, ticks) => sum + (ticks ?? Number.NaN), 0) * TICK;
}
