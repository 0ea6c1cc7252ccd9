import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "../app.ts";
import { type Config, readConfig } from "../config.ts";
import { type ManualClock, manualClock } from "../simulator/clock.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { oneMoveAtATime } from "../simulator/stage.ts";
import { stories } from "../simulator/stories/program.ts";
import { LINE, PHONES, SLACK } from "./cast.ts";

const PUBLIC_URL = "https://line.example.org";
const TWILIO = {
  accountSid: `AC${"0".repeat(32)}`,
  authToken: "simulated-auth-token",
  verifyServiceSid: `VA${"0".repeat(32)}`,
  phoneNumber: LINE,
};
const SPEECH_MS_A_CHARACTER = 60;
const MUSIC_MS = 24_000;

export type World = { clock: ManualClock; sim: Simulator; close(): Promise<void> };

/** The service and what surrounds it, on one clock, with a database that is gone afterwards. */
export async function startWorld(beginsAt: number): Promise<World> {
  const clock = oneMoveAtATime(manualClock(beginsAt));
  const folder = mkdtempSync(join(tmpdir(), "confline-demo-"));
  const sim = await startSimulator({ clock, twilio: TWILIO, slack: SLACK, phones: PHONES, stories });
  sim.twilio.pace({ speechMs: (text) => text.length * SPEECH_MS_A_CHARACTER, playMs: MUSIC_MS });
  const config = configFor(sim.url, folder);
  let app = await startApp(config, { clock, log: errorsOnly });
  const connect = (): void => sim.connect({ publicUrl: PUBLIC_URL, listenUrl: app.url });
  connect();
  sim.backstage.onRestart(async () => {
    await app.close();
    app = await startApp(config, { clock, log: errorsOnly });
    connect();
  });
  const close = async (): Promise<void> => {
    sim.backstage.stop();
    await app.close();
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { clock, sim, close };
}

function configFor(simulatorUrl: string, folder: string): Config {
  const read = readConfig({
    PUBLIC_URL,
    PORT: "0",
    HOST: "127.0.0.1",
    DATABASE_URL: `file:${join(folder, "confline.db")}`,
    SLACK_BOT_TOKEN: SLACK.botToken,
    SLACK_SIGNING_SECRET: SLACK.signingSecret,
    SLACK_API_URL: `${simulatorUrl}/slack/api/`,
    TWILIO_ACCOUNT_SID: TWILIO.accountSid,
    TWILIO_AUTH_TOKEN: TWILIO.authToken,
    TWILIO_VERIFY_SERVICE_SID: TWILIO.verifyServiceSid,
    TWILIO_PHONE_NUMBER: LINE,
    TWILIO_API_URL: simulatorUrl,
  });
  if (read.kind === "faults") throw new Error(`the demo's own configuration: ${JSON.stringify(read.faults)}`);
  return read.config;
}

const errorsOnly = {
  info: () => undefined,
  warn: () => undefined,
  error: (message: string, error: unknown) => void process.stderr.write(`${message}: ${String(error)}\n`),
};
