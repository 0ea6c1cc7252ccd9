import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, describeOnPostgres } from "./support/postgres.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsx = import.meta.resolve("tsx");

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "confline-main-"));
  children = [];
});

afterEach(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const port = portOf(probe);
  probe.close();
  await once(probe, "close");
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function goodEnvironment(port: number): Record<string, string> {
  return {
    PUBLIC_URL: "https://line.example.org",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: `file:${join(folder, "confline.db")}`,
    SLACK_BOT_TOKEN: "test-bot-token-not-real",
    SLACK_SIGNING_SECRET: "test-signing-secret-not-real",
    // Nobody listens there: the service comes up all the same.
    SLACK_API_URL: "http://127.0.0.1:9/api/",
    TWILIO_ACCOUNT_SID: "AC000000000000000000000000000a11ce",
    TWILIO_AUTH_TOKEN: "test-auth-token-not-real",
    TWILIO_VERIFY_SERVICE_SID: "VA000000000000000000000000005e12ce",
    TWILIO_PHONE_NUMBER: "+12025550190",
    TWILIO_API_URL: "http://127.0.0.1:9",
  };
}

const FROM_SOURCE = ["--import", tsx, join(root, "src/main.ts")];

/** The program, as a process in a folder of its own. */
function start(env: Record<string, string>, program: readonly string[] = FROM_SOURCE) {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  // "close" comes after the last word of both streams.
  const exited = once(child, "close").then(([code]) => Number(code));
  const up = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", () => (said.stdout.includes("Confline is up") ? resolve() : undefined));
    child.once("exit", () => reject(new Error(`it ended:\n${said.stdout}${said.stderr}`)));
  });
  up.catch(() => undefined);
  return { child, said, exited, up };
}

async function isListening(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

// Starting a process takes a second or two, more when the other tests keep the machine busy.
describe("the process", { timeout: 30_000 }, () => {
  it("T5: names every variable that is wrong, never a value, and ends without listening", async () => {
    const port = await freePort();
    const { TWILIO_AUTH_TOKEN: _missing, ...rest } = goodEnvironment(port);
    const startedAt = performance.now();
    const { exited, said } = start({
      ...rest,
      PUBLIC_URL: "canary-not-a-url",
      SLACK_BOT_TOKEN: "canary",
      SLACK_SIGNING_SECRET: "put-your-signing-secret-here",
    });

    expect(await exited).toBe(1);
    // Compiled it takes half a second; here it is compiled first, by a machine that runs other tests.
    expect(performance.now() - startedAt).toBeLessThan(5000);
    for (const variable of ["PUBLIC_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "TWILIO_AUTH_TOKEN"]) {
      expect(said.stderr).toMatch(new RegExp(`^  ${variable} (is|must) `, "m"));
    }
    expect(said.stderr).not.toMatch(/canary|put-your|PORT|\bat .*:\d+:\d+/);
    expect(said.stdout).toBe("");
    expect(await isListening(port)).toBe(false);
  });

  it("comes up though Slack and Twilio are away, and stops on SIGTERM", async () => {
    const port = await freePort();
    const { child, exited, said, up } = start(goodEnvironment(port));
    await up;

    expect(await isListening(port)).toBe(true);
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({
      status: "ready",
      parkedEffects: 0,
    });
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
    expect(said.stderr).toBe("");
    expect(await isListening(port)).toBe(false);
  });

  it("runs compiled, as it is installed, and finds its migrations and its music", async () => {
    // Unchecked, for that is done elsewhere. In the root, where the compiled files see the same packages, migrations and assets as in dist/.
    const compiled = mkdtempSync(join(root, ".tmp-dist-"));
    try {
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      const project = join(root, "tsconfig.build.json");
      await promisify(execFile)(process.execPath, [tsc, "-p", project, "--noCheck", "--outDir", compiled]);
      const port = await freePort();
      await start(goodEnvironment(port), [join(compiled, "main.js")]).up;

      expect(await isListening(port)).toBe(true);
      const { status, headers } = await fetch(`http://127.0.0.1:${port}/assets/hold-music.wav`);
      expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("audio/")]);
    } finally {
      rmSync(compiled, { recursive: true, force: true });
    }
  });

  it("F20: refuses a SQLite file while another process has it, and takes over from one that was killed", async () => {
    const first = start(goodEnvironment(await freePort()));
    await first.up;
    const port = await freePort();
    const second = start(goodEnvironment(port));

    expect(await second.exited).toBe(1);
    expect(second.said.stderr).toMatch(/^Confline cannot start: another process is using .*confline\.db\. .*\n$/);
    expect(await isListening(port)).toBe(false);
    expect(first.child.exitCode).toBeNull();

    first.child.kill("SIGKILL");
    await first.exited;
    await start(goodEnvironment(port)).up;
    expect(await isListening(port)).toBe(true);
  });

  it("says in a line that its port is taken, or that its database is away", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const port = portOf(taken);
    const away = { DATABASE_URL: "postgres://canary:canary@127.0.0.1:9/canary" };
    const processes = [start(goodEnvironment(port)), start({ ...goodEnvironment(await freePort()), ...away })];
    const codes = await Promise.all(processes.map(({ exited }) => exited));
    taken.close();

    expect(codes).toEqual([1, 1]);
    expect(processes.map(({ said }) => said.stderr)).toEqual([
      "Confline cannot start: EADDRINUSE. Please look at PORT and HOST.\n",
      "Confline cannot start: ECONNREFUSED. Please look at DATABASE_URL.\n",
    ]);
  });
});

describeOnPostgres("the process on PostgreSQL", { timeout: 30_000 }, () => {
  it("comes up on an empty database, takes writes, and stops on SIGTERM", async () => {
    const port = await freePort();
    const { child, exited, said, up } = start({ ...goodEnvironment(port), DATABASE_URL: await createDatabase() });
    await up;

    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
    expect(said.stderr).toBe("");
  });
});
