import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { freePort, MOVABLE_CLOCK } from "../kills/service.ts";

/** In bytes, of the process alone, after everything that nobody needs has been collected. */
export type Memory = { heapUsed: number; external: number; rss: number };

/** The service as a process of its own, whose clock can be moved and whose memory can be asked for. */
export type SoakedService = {
  port: number;
  pid: number;
  /** Moves its clock; resolves when that is done. @throws when it has ended */
  move(ms: number): Promise<void>;
  /** Waits until it has done what it could do by itself: not for what it has asked others. */
  rested(): Promise<void>;
  memory(): Promise<Memory>;
  /** Open files and sockets. */
  handles(): number;
  /** Lines of its log that warn, or tell of an error. */
  complaints(): readonly string[];
  stop(): Promise<void>;
};

const MEASURED = new URL("./measured.mjs", import.meta.url).href;
const WARNING = 40;
const KEPT_COMPLAINTS = 100;
const memorySchema = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() });
const lineSchema = z.object({ level: z.number(), msg: z.string() });

export type SoakedStart = {
  /** What `npm start` runs. */
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  folder: string;
  /** Where its clock stands until it is moved. */
  startsAt: number;
};

/** Starts the service on a free port, and waits until it is up. */
export async function startSoakedService({ command, env, folder, startsAt }: SoakedStart): Promise<SoakedService> {
  const port = await freePort();
  const [node = process.execPath, ...rest] = command;
  const child = spawn(node, ["--expose-gc", "--import", MOVABLE_CLOCK, "--import", MEASURED, ...rest], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env, CLOCK_STARTS_AT: String(startsAt), PORT: String(port) },
    stdio: ["pipe", "pipe", "inherit", "ipc"],
  });
  const { stdin, stdout, pid } = child;
  if (stdin === null || stdout === null || pid === undefined) throw new Error("the service could not be started");
  const complaints: string[] = [];
  const moved: (() => void)[] = [];
  const ended = once(child, "exit");
  const untimely = ended.then(() => {
    throw new Error(`the service has ended:\n${complaints.join("\n")}`);
  });
  untimely.catch(() => undefined);
  stdin.on("error", () => undefined);

  const up = new Promise<void>((resolve) => {
    createInterface({ input: stdout }).on("line", (line) => {
      if (line === "moved") return moved.shift()?.();
      const { level, msg } = lineSchema.parse(JSON.parse(line));
      if (msg === "Confline is up") resolve();
      if (level >= WARNING && complaints.length < KEPT_COMPLAINTS) complaints.push(line);
    });
  });
  await Promise.race([up, untimely]);

  async function ask(question: string): Promise<unknown> {
    const told = once(child, "message");
    child.send(question);
    const answer: unknown[] = await Promise.race([told, untimely]);
    return answer[0];
  }

  return {
    port,
    pid,
    async move(ms) {
      const isMoved = new Promise<void>((resolve) => moved.push(resolve));
      stdin.write(`${ms}\n`);
      await Promise.race([isMoved, untimely]);
    },
    rested: async () => void (await ask("rested?")),
    memory: async () => memorySchema.parse(await ask("memory?")),
    handles: () => readdirSync(`/proc/${pid}/fd`).length,
    complaints: () => complaints,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
