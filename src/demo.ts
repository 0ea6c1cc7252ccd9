import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { startApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { type ManualClock, manualClock } from "./simulator/clock.ts";
import { type Simulator, startSimulator } from "./simulator/simulator.ts";
import { createStage, oneMoveAtATime, type Stage } from "./simulator/stage.ts";
import type { Entry } from "./simulator/transcript/entry.ts";
import { createLayout, painter } from "./simulator/transcript/layout.ts";
import { followSimulator } from "./simulator/transcript/transcript.ts";
import type { Call } from "./simulator/twilio/call.ts";

const USAGE = `Usage: npm run demo -- [--story] [--fast]

Plays a story in the terminal, with a simulated phone network and a simulated Slack. The service is the real one.

  --story   ends with the story; else everything stays up for you to play with
  --fast    leaves no time to read; so it is, too, when the output is no terminal`;

const LINE = "+12025550190";
const ISABELLE = { id: "U0ISABELLE", number: "+12025550110" };
const TOMMY = { id: "U0TOMMY", number: "+12025550111" };
const MABEL = { id: "U0MABEL", number: "+12025550112" };
const BLATHERS = { number: "+12025550113" };
/** On no roster, and not in Slack. */
const SOMEBODY = { number: "+12025550166" };
const OWNERS = { Isabelle: ISABELLE, Tommy: TOMMY, Mabel: MABEL, Blathers: BLATHERS, Somebody: SOMEBODY };
const CHANNEL = "C0TOWNHALL";

const PUBLIC_URL = "https://line.example.org";
const TWILIO = {
  accountSid: `AC${"0".repeat(32)}`,
  authToken: "simulated-auth-token",
  verifyServiceSid: `VA${"0".repeat(32)}`,
  phoneNumber: LINE,
};
const SLACK = {
  teamId: "T0ISLAND",
  botToken: "simulated-bot-token",
  signingSecret: "simulated-signing-secret",
  users: [
    { id: ISABELLE.id, name: "Isabelle", realName: "Isabelle", phone: "(202) 555-0110" },
    { id: TOMMY.id, name: "Tommy", realName: "Tommy" },
    { id: MABEL.id, name: "Mabel", realName: "Mabel" },
  ],
  channels: [{ id: CHANNEL, name: "town-hall", appIsIn: true, members: [ISABELLE.id, TOMMY.id, MABEL.id] }],
};

/** The same morning every time, so that the story is, too. */
const BEGINS_AT = Date.parse("2026-11-23T09:57:30-05:00");
const TIME_ZONE = "America/New_York";
const SPEECH_MS_A_CHARACTER = 60;
const MUSIC_MS = 24_000;
const MINUTE_MS = 60_000;
const READING_MS_A_CHARACTER = 15;
const READING_AT_LEAST_MS = 300;

type World = { clock: ManualClock; sim: Simulator; close(): Promise<void> };

/** The service and what surrounds it, on one clock, with a database that is gone afterwards. */
async function startWorld(): Promise<World> {
  const clock = oneMoveAtATime(manualClock(BEGINS_AT));
  const folder = mkdtempSync(join(tmpdir(), "confline-demo-"));
  const sim = await startSimulator({ clock, twilio: TWILIO, slack: SLACK });
  sim.twilio.pace({ speechMs: (text) => text.length * SPEECH_MS_A_CHARACTER, playMs: MUSIC_MS });
  const read = readConfig({
    PUBLIC_URL,
    PORT: "0",
    HOST: "127.0.0.1",
    DATABASE_URL: `file:${join(folder, "confline.db")}`,
    SLACK_BOT_TOKEN: SLACK.botToken,
    SLACK_SIGNING_SECRET: SLACK.signingSecret,
    SLACK_API_URL: `${sim.url}/slack/api/`,
    TWILIO_ACCOUNT_SID: TWILIO.accountSid,
    TWILIO_AUTH_TOKEN: TWILIO.authToken,
    TWILIO_VERIFY_SERVICE_SID: TWILIO.verifyServiceSid,
    TWILIO_PHONE_NUMBER: LINE,
    TWILIO_API_URL: sim.url,
  });
  if (read.kind === "faults") throw new Error(`the demo's own configuration: ${JSON.stringify(read.faults)}`);
  const app = await startApp(read.config, { clock, log: errorsOnly });
  sim.connect({ publicUrl: PUBLIC_URL, listenUrl: app.url });
  const close = async (): Promise<void> => {
    await app.close();
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { clock, sim, close };
}

const errorsOnly = {
  info: () => undefined,
  warn: () => undefined,
  error: (message: string, error: unknown) => void process.stderr.write(`${message}: ${String(error)}\n`),
};

type Narrator = (kind: "title" | "aside", text: string) => Promise<void>;

async function playStory({ sim }: World, stage: Stage, narrate: Narrator): Promise<void> {
  const joins = (number: string): Promise<Call> => dialAndVerify(sim, stage, number);

  await narrate("title", "1. Isabelle puts people on the roster of #town-hall");
  await fillRoster(sim, stage);

  await narrate("title", "2. Tommy dials in, and waits for a moderator");
  await stage.skip(MINUTE_MS);
  const tommys = await joins(TOMMY.number);
  await stage.pass(12_000);

  await narrate("title", "3. Isabelle joins with her code, and the call starts");
  const isabelles = await joins(ISABELLE.number);
  await stage.pass(8000);

  await narrate("title", "4. Somebody calls with Mabel's number, but gets no code");
  await stage.skip(4 * MINUTE_MS);
  await guessCodes(sim, stage);

  await narrate("title", "5. Isabelle asks who is on");
  await type(sim, stage, "who");

  await narrate("aside", "(12 minutes later)");
  await stage.skip(12 * MINUTE_MS);
  await narrate("title", "6. Everybody hangs up, and the card becomes the record of the call");
  await stage.during(isabelles.hangUp());
  await stage.pass(12_000);
  await stage.during(tommys.hangUp());
  await stage.pass(12_000);
}

async function fillRoster(sim: Simulator, stage: Stage): Promise<void> {
  await type(sim, stage, `add Blathers ${BLATHERS.number}`);
  await type(sim, stage, `add @Mabel ${MABEL.number}`);
  await type(sim, stage, `add @Tommy ${TOMMY.number}`);
  await type(sim, stage, "add @Isabelle");
  const { ts = "" } = sim.slack.ephemerals(CHANNEL, ISABELLE.id).at(-1) ?? {};
  const click = { userId: ISABELLE.id, channelId: CHANNEL, ts, actionId: "add_offered_number" };
  const { answers } = await stage.during(sim.slack.click(click));
  await stage.during(answers());
}

/** Isabelle types a command and gets its answer. */
async function type(sim: Simulator, stage: Stage, text: string): Promise<void> {
  const { answers } = await stage.during(sim.slack.command({ userId: ISABELLE.id, channelId: CHANNEL, text }));
  await stage.during(answers());
}

async function dialAndVerify(sim: Simulator, stage: Stage, number: string): Promise<Call> {
  const phone = sim.twilio.phone(number);
  const call = await stage.during(phone.dial({ verstat: "TN-Validation-Passed-A" }));
  await stage.pass(2000);
  await stage.during(call.press(phone.lastCode() ?? ""));
  return call;
}

async function guessCodes(sim: Simulator, stage: Stage): Promise<void> {
  const phone = sim.twilio.phone(SOMEBODY.number);
  const call = await stage.during(phone.dial({ from: MABEL.number, verstat: "TN-Validation-Failed" }));
  for (const guess of ["123456", "000000", "112233"]) {
    await stage.pass(3000);
    await stage.during(call.press(guess));
  }
  await stage.pass(3000);
}

function invitation(simulatorUrl: string): string {
  const json = "-H content-type:application/json";
  return `
  That was the story. Everything stays up, and what happens is shown here.
  In another terminal:

control=${simulatorUrl}/control

# Mabel dials in, keys in the code that she is texted, and hangs up again.
curl -X POST $control/phones/${MABEL.number}/dial
curl $control/phones/${MABEL.number}/press ${json} -d '{"keys":"123456"}'
curl -X POST $control/phones/${MABEL.number}/hang-up

# Isabelle types /conf who. Try help, list or log, too.
curl $control/slack/command ${json} \\
  -d '{"userId":"${ISABELLE.id}","channelId":"${CHANNEL}","text":"who"}'

# An hour passes.
curl $control/clock/advance ${json} -d '{"ms":3600000}'

  Ctrl-C ends it.

`;
}

async function run(flags: { story: boolean; fast: boolean }): Promise<void> {
  const { stdout } = process;
  const paint = painter(stdout);
  const layout = createLayout(paint, stdout.columns ?? 100);
  const closed = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => closed.abort());
  // Whoever read along has gone.
  stdout.on("error", () => closed.abort());
  let isPaced = stdout.isTTY && !flags.fast;
  const print = async (entry: Entry): Promise<void> => {
    stdout.write(layout(entry));
    const readingMs = stripVTControlCharacters(entry.text).length * READING_MS_A_CHARACTER;
    if (isPaced) await wait(Math.max(READING_AT_LEAST_MS, readingMs), undefined, { signal: closed.signal });
  };

  const world = await startWorld();
  const ownerOf = (number: string): string =>
    Object.entries(OWNERS).find(([, owner]) => owner.number === number)?.[0] ?? number;
  const transcript = followSimulator(world.sim, { ownerOf, tz: TIME_ZONE, paint });
  const tell = async (): Promise<void> => {
    for (const entry of transcript.take()) await print(entry);
  };
  const stage = createStage({ clock: world.clock, tell, closed: closed.signal });
  try {
    await print({ kind: "aside", text: "│ on a phone   ┃ in the channel   ┆ in Slack, for one person only" });
    await playStory(world, stage, (kind, text) => print({ kind, text }));
    isPaced = false;
    if (!flags.story) {
      stdout.write(invitation(world.sim.url));
      await stage.run();
    }
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    stdout.write("\n");
  } finally {
    transcript.stop();
    await world.close();
  }
}

const flags = process.argv.slice(2);
const isKnown = flags.every((flag) => ["--story", "--fast", "--help"].includes(flag));
if (!isKnown) process.exitCode = 1;
if (!isKnown || flags.includes("--help")) console.log(USAGE);
else await run({ story: flags.includes("--story"), fast: flags.includes("--fast") });
