import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import manifest from "../../package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const UP_WITHIN_MS = 60_000;

/** One process of the service, as `npm start` runs it. */
export type NodeProcess = {
  port: number;
  /** The end of its log: what to read when something went wrong. */
  lastWords(): string;
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
  /** Ends it, whatever state it is in. */
  end(): Promise<void>;
};

let isCompiled = false;

/** Compiles what `npm start` runs, once. */
export function compile(): void {
  if (!isCompiled)
    execFileSync("npm", ["run", "--silent", "prepare"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  isCompiled = true;
}

/** @param folder where it runs: no `.env` may be in it */
export async function startNode(env: Record<string, string>, folder: string): Promise<NodeProcess> {
  const port = await freePort();
  const flags = manifest.scripts.start.split(" ").filter((word) => word.startsWith("-"));
  const child = spawn(process.execPath, [...flags, `${ROOT}dist/main.js`], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", NODE_ENV: "production", ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-20_000)));
  }
  const lastWords = () => said;
  await untilReady(child, port, lastWords);
  return { port, lastWords, signal: (name) => void child.kill(name), end: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  // Also ends one that is stopped.
  child.kill("SIGKILL");
  await gone;
}

async function untilReady(child: ChildProcess, port: number, lastWords: () => string): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < UP_WITHIN_MS) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok === true) return;
    await pause(50);
  }
  await end(child);
  throw new Error(`a node did not come up:\n${lastWords()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return address.port;
}
