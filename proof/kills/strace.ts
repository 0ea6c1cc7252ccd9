import { spawnSync } from "node:child_process";

/**
 * What the service asks of the kernel that another process or a disk could notice. SQLite uses `fsync` on some machines
 * and `fdatasync` on others; Node reads and writes sockets by `read`, `write` and `writev`.
 */
export const SYSCALLS = [
  "write",
  "pwrite64",
  "fsync",
  "fdatasync",
  "ftruncate",
  "unlink",
  "connect",
  "sendto",
  "recvfrom",
  "read",
  "writev",
  "sendmsg",
  "recvmsg",
] as const;

export type Syscall = (typeof SYSCALLS)[number];

/** The service dies as a thread of it enters this call for the so-manieth time. */
export type Kill = { syscall: Syscall; nth: number };

/** Why nothing can be killed at a syscall here; null when it can. */
export function whyNoStrace(): string | null {
  const { error, status, stderr } = spawnSync("strace", ["-f", "-o", "/dev/null", "true"], { encoding: "utf8" });
  if (error !== undefined) return "strace is not installed";
  return status === 0 ? null : `strace may trace nothing here: ${stderr.trim()}`;
}

/** What strace is asked for: to kill at one call, or to count them all. */
export function straceOptions(log: string, kill: Kill | null): string[] {
  const traced = kill === null ? SYSCALLS.join() : kill.syscall;
  const options = ["-f", "-o", log, "-e", `trace=${traced}`];
  return kill === null ? options : [...options, "-e", `inject=${kill.syscall}:signal=SIGKILL:when=${kill.nth}`];
}

/** How often each call was made, in the thread that made it most often: strace counts by thread. */
export function countSyscalls(log: string): Map<Syscall, number> {
  const byThread = new Map<string, number>();
  for (const [, thread, name] of log.matchAll(/^(\d+) +(\w+)\(/gm)) {
    const key = `${thread} ${name}`;
    byThread.set(key, (byThread.get(key) ?? 0) + 1);
  }
  const counts = SYSCALLS.map((syscall) => {
    const ofThreads = [...byThread].filter(([key]) => key.endsWith(` ${syscall}`)).map(([, count]) => count);
    return [syscall, Math.max(0, ...ofThreads)] as const;
  });
  return new Map(counts.filter(([, count]) => count > 0));
}

/** Whether strace says that the process was killed, and saw the call at which it was to be. */
export function tellsOfKill(log: string, { syscall, nth }: Kill): boolean {
  return log.includes("+++ killed by SIGKILL +++") && (countSyscalls(log).get(syscall) ?? 0) >= nth;
}
