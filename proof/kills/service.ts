import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type Kill, straceOptions } from "./strace.ts";

/** The service as a process of its own. */
export type Service = {
  port: number;
  /** Resolves when it listens; rejects when it ends before. */
  up: Promise<void>;
  /** Resolves when the last thread of it is gone. */
  ended: Promise<void>;
  hasEnded(): boolean;
  /** From here on strace watches it, to kill it or to count. */
  watch(kill: Kill | null): Promise<void>;
  /** What strace wrote, once the service has ended. */
  watched(): Promise<string>;
  /** Moves its clock, unless it has none that can be moved; resolves when that is done, or it ended. */
  move(ms: number): Promise<void>;
  signal(name: "SIGTERM" | "SIGKILL"): void;
  /** All that it said, for whoever wonders why it ended. */
  said(): string;
};

export type Start = {
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  folder: string;
  /** How far its clock is ahead; null for the real one. */
  clockMovedMs: number | null;
  /** Watched from its first instruction. */
  watchFromStart?: Kill | null;
};

// strace is the parent of what it traces: where a process may be traced by no other, that is still allowed.
const LAUNCHER = `
  exec 6<&0
  "$@" <&6 3<&- 4>&- 6<&- & service=$!
  exec 1>&- 6<&-
  echo "$service" >&4; exec 4>&-
  IFS= read -r options <&3 || { kill -9 "$service" 2>/dev/null; exit 0; }
  exec 3<&-
  exec strace $options -p "$service"
`;

/** What to load before the service for its clock to be movable. */
export const MOVABLE_CLOCK = new URL("./movable-clock.mjs", import.meta.url).href;
let started = 0;

/** Starts the service, on a free port of its own. */
export async function startService({ command, env, folder, clockMovedMs, watchFromStart }: Start): Promise<Service> {
  const port = await freePort();
  const log = join(folder, `strace-${(started += 1)}.log`);
  const clock = clockMovedMs === null ? {} : movableClock(clockMovedMs);
  const watcher = watchFromStart === undefined ? [] : ["strace", ...straceOptions(log, watchFromStart)];
  const child = spawn("sh", ["-c", LAUNCHER, "launcher", ...watcher, ...command], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env, ...clock, PORT: String(port) },
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  const [input, output, complaints, options, pidOutput] = child.stdio;
  const launcherEnded = once(child, "exit");
  let said = "";
  let isGone = false;
  const waiting = new Set<() => void>();
  const hear = (text: string) => {
    said += text;
    for (const look of waiting) look();
  };
  output.setEncoding("utf8").on("data", hear);
  complaints.setEncoding("utf8").on("data", hear);
  // Whoever is gone reads no more.
  for (const stream of [input, options]) stream?.on("error", () => undefined);
  const ended = once(output, "close").then(() => {
    isGone = true;
    hear("");
    // Its launcher waits for a word that will not come, unless it has become strace and ends by itself.
    if (options instanceof Writable) options.end();
  });

  /** Resolves once it has said so; what was said before `since` does not count. */
  function saying(words: string, since = 0): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const isSaid = said.indexOf(words, since) !== -1;
        if (!isSaid && !isGone) return;
        waiting.delete(look);
        resolve(isSaid);
      };
      waiting.add(look);
      look();
    });
  }

  const up = saying("Confline is up").then((isUp) => {
    if (!isUp) throw new Error(`the service ended before it was up:\n${said}`);
  });
  up.catch(() => undefined);
  const pidLine: unknown[] = await once(pidOutput ?? output, "data");
  const pid = Number(String(pidLine[0]));

  return {
    port,
    up,
    ended,
    hasEnded: () => isGone,
    async watch(kill) {
      const since = said.length;
      if (options instanceof Writable) options.write(`${straceOptions(log, kill).join(" ")}\n`);
      if (!(await saying("attached", since))) throw new Error(`strace did not attach:\n${said}`);
    },
    async watched() {
      await launcherEnded;
      return readFileSync(log, "utf8");
    },
    async move(ms) {
      if (clockMovedMs === null || isGone) return;
      const since = said.length;
      input.write(`${ms}\n`);
      await saying("moved", since);
    },
    signal(name) {
      // Watched from its start it is a child of strace, and the first of whom strace writes.
      const isBelow = watchFromStart !== undefined;
      if (!isGone) process.kill(isBelow ? Number.parseInt(readFileSync(log, "utf8"), 10) : pid, name);
    },
    said: () => said,
  };
}

function movableClock(movedMs: number): Record<string, string> {
  return { NODE_OPTIONS: `--import ${MOVABLE_CLOCK}`, CLOCK_MOVED_MS: String(movedMs) };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return address.port;
}
