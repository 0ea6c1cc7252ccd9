import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import type { Measured, Round } from "./load.ts";

export type Service = { port: number; child: ChildProcess };

const [, ...START] = manifest.scripts.start.split(" ");
/** The limits of memory that `npm start` sets: they cost time, so they hold for every Confline that is measured. */
export const START_FLAGS: readonly string[] = START.filter((word) => word.startsWith("-"));

/** Starts a script of this folder, which tells its port when it is up. */
export async function startScript(
  script: URL,
  flags: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Service> {
  const execArgv = [...process.execArgv, ...flags];
  const child = fork(fileURLToPath(script), { execArgv, env: { ...surroundings(), ...env } });
  const port = await nextMessage(child);
  return { port: Number(port), child };
}

/** Starts what `npm start` starts. @returns the service, and how long it took until it was healthy */
export async function startMain(env: Record<string, string>): Promise<Service & { upAfterMs: number }> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, START, {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...surroundings(), ...env, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await unlessItEnds(child, (signal) => untilHealthy(port, signal));
  return { port, child, upAfterMs: performance.now() - startedAt };
}

/** Sends one round of calls from a process of its own: whoever is measured shares no thread with who measures. */
export async function runRound(load: ChildProcess, round: Round): Promise<Measured> {
  load.send(round);
  return (await nextMessage(load)) as Measured;
}

export function startLoad(): ChildProcess {
  return fork(fileURLToPath(new URL("load.ts", import.meta.url)), { env: surroundings() });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** Resident memory now, in MB; null where there is no /proc. */
export function memoryMb({ pid }: ChildProcess): number | null {
  if (process.platform !== "linux") return null;
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** Listens where the system finds a free port. @returns that port */
export async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}

/** Nothing else of the environment may change what is measured. */
function surroundings(): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" };
}

/** @throws {Error} when the process ends instead */
function nextMessage(child: ChildProcess): Promise<unknown> {
  return unlessItEnds(child, async (signal) => {
    const message: unknown[] = await once(child, "message", { signal });
    return message[0];
  });
}

async function untilHealthy(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer?.status === 200) return;
    await pause(5);
  }
}

async function unlessItEnds<T>(child: ChildProcess, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = once(child, "exit", { signal }).then((values: unknown[]) => {
    throw new Error(`a process of the benchmark ended with ${String(values[0])}`);
  });
  try {
    return await Promise.race([wait(signal), ended]);
  } finally {
    ended.catch(() => undefined);
    stopping.abort();
  }
}
