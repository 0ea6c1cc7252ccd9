import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { realClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { ACCOUNTS, environmentFor, OPS, PEOPLE, PUBLIC_URL } from "../../test/support/world.ts";

/** The service in a process of its own, with a call that goes on in its room and one that tries to get in. */
export type Fuzzed = {
  url: string;
  sim: Simulator;
  /** The calls by what they are doing. */
  callSid(what: "CALL-VERIFYING" | "CALL-OVER" | "CALL-ADMITTED"): string;
  /** Has another caller try, whose number is not locked and may be texted. */
  tryAgain(): Promise<void>;
  /** Who is in the room, by the phone network's own truth. */
  inRoom(): string[];
  /** Rows of what a request may only change with a valid signature, and whoever sent it a right to. */
  rows(tables: readonly string[]): string;
  /** What the service holds once garbage is collected, in bytes, compiled code left out. */
  heap(): Promise<number>;
  close(): Promise<void>;
};

export async function startFuzzed(folder: string): Promise<Fuzzed> {
  const sim = await startSimulator({ clock: realClock(), ...ACCOUNTS });
  const file = join(folder, "confline.db");
  const child = fork(fileURLToPath(new URL("service.ts", import.meta.url)), {
    execArgv: ["--import", "tsx", "--expose-gc"],
    env: { PATH: process.env["PATH"], NODE_ENV: "test", ...environmentFor(sim.url, { DATABASE_URL: `file:${file}` }) },
  });
  const url = String(await messageOf(child));
  sim.connect({ publicUrl: PUBLIC_URL, listenUrl: url });
  const { isabelle, tommy, mabel } = PEOPLE;
  for (const { id, number } of [isabelle, tommy, mabel]) await typed(sim, `add <@${id}> ${number}`);
  const isabelles = await joined(sim, isabelle.number, 1);
  // Two: one alone would hear music, over and over.
  await joined(sim, tommy.number, 2);
  const ended = await sim.twilio.phone(tommy.number).dial();
  await ended.hangUp();
  let verifying = await sim.twilio.phone(mabel.number).dial();

  return {
    url,
    sim,
    callSid(what) {
      if (what === "CALL-ADMITTED") return isabelles;
      return what === "CALL-OVER" ? ended.callSid : verifying.callSid;
    },
    async tryAgain() {
      if (verifying.state() !== "ended") await verifying.hangUp();
      await typed(sim, `reset <@${mabel.id}>`);
      verifying = await sim.twilio.phone(mabel.number).dial();
    },
    inRoom: () =>
      sim.twilio
        .conferences()
        .filter(({ status }) => status !== "completed")
        .flatMap(({ participants }) => participants.map(({ callSid }) => callSid)),
    rows: (tables) => rowsOf(file, tables),
    async heap() {
      child.send("heap");
      return Number(await messageOf(child));
    },
    async close() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
      await sim.close();
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(() => Promise.reject(new Error("the service ended")));
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message"), ended])) as unknown[];
  return message;
}

/** Isabelle types a command, and waits for its answer. */
async function typed(sim: Simulator, text: string): Promise<void> {
  const { id: userId } = PEOPLE.isabelle;
  const outcome = await sim.slack.command({ userId, channelId: OPS, text, isRaw: true });
  await until(() => outcome.responses().length > 0);
}

async function joined(sim: Simulator, number: string, asNumber: number): Promise<string> {
  const phone = sim.twilio.phone(number);
  const call = await phone.dial();
  await until(() => phone.lastCode() !== null);
  await call.press(phone.lastCode() ?? "");
  await until(() => sim.twilio.conferences().some(({ participants }) => participants.length === asNumber));
  return call.callSid;
}

/** @throws {Error} when it does not come true within ten seconds */
async function until(isTrue: () => boolean): Promise<void> {
  for (let look = 0; look < 1000; look += 1) {
    if (isTrue()) return;
    await pause(10);
  }
  throw new Error("waited for in vain");
}

function rowsOf(file: string, tables: readonly string[]): string {
  const database = new Sqlite(file, { readonly: true });
  const rows = tables.map((table) => [table, database.prepare(`select * from "${table}"`).all()]);
  database.close();
  return JSON.stringify(rows).replaceAll(/"(last_news_at|busy_until)":\d+/g, "");
}
