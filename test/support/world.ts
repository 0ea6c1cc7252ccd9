import { type App, type AppParts, startApp } from "../../src/app.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { makeLog } from "../../src/log.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { renderPlain } from "../../src/simulator/slack/render-plain.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";

export const START = Date.parse("2026-11-23T12:00:00Z");
export const PUBLIC_URL = "https://line.example.org";
export const LINE_NUMBER = "+12025550190";

/** The people of every story. Isabelle moderates; Mabel's number is the one that others claim to have. */
export const PEOPLE = {
  isabelle: { id: "U0ISABELLE", number: "+12025550110" },
  tommy: { id: "U0TOMMY", number: "+12025550111" },
  mabel: { id: "U0MABEL", number: "+12025550112" },
  blathers: { id: null, number: "+12025550113" },
  celeste: { id: "U0CELESTE", number: "+12025550114" },
} as const;

export const OPS = "C0OPS";
export const BOARD = "C0BOARD";

export type World = {
  clock: ManualClock;
  sim: Simulator;
  app: App;
  config: Config;
  logLines: string[];
  /** Types `/conf …` and returns what only this person then sees, as plain text. */
  conf(userId: string, text: string, channelId?: string): Promise<string>;
  /** Isabelle makes the conference of a channel and adds everybody. */
  setUp(channelId?: string): Promise<void>;
  /** Dials, keys the code that was texted, and is in. */
  join(number: string): Promise<Call>;
  /** Lets loops and callbacks do what is due now; moves time by `ms`. */
  pass(ms?: number): Promise<void>;
  /** A channel's messages, threads indented below, as plain text. */
  channel(channelId?: string): string[];
  plain(message: SlackMessage): string;
  restart(): Promise<void>;
  /** Ends the service, then the outside. */
  close(): Promise<void>;
};

/**
 * The whole program and a simulated outside, on one clock that is moved by hand.
 *
 * @param databaseUrl `file:…` or `postgres://…`, as in `DATABASE_URL`
 * @param parts `verifyBudgetMs`: in real time, after which Verify is given up
 */
export async function startWorld(
  databaseUrl: string,
  overrides: Record<string, string> = {},
  parts: Pick<AppParts, "verifyBudgetMs"> = {},
): Promise<World> {
  const clock = manualClock(START);
  const sim = await startSimulator({ clock, ...ACCOUNTS });
  const config = configFor(environmentFor(sim.url, { DATABASE_URL: databaseUrl, ...overrides }));
  const logLines: string[] = [];
  const log = makeLog("info", (line) => logLines.push(line));

  const world: World = {
    clock,
    sim,
    config,
    logLines,
    app: await startApp(config, { ...parts, clock, log }),
    async conf(userId, text, channelId = OPS) {
      const outcome = await sim.slack.command({ userId, channelId, text });
      await clock.idle();
      if (outcome.ack.status !== 200) throw new Error(`/conf ${text}: ${outcome.ack.status}`);
      return outcome.responses().map(world.plain).join("\n");
    },
    async setUp(channelId = OPS) {
      const { isabelle, tommy, mabel, blathers } = PEOPLE;
      await world.conf(isabelle.id, `add @isabelle ${isabelle.number}`, channelId);
      await world.conf(isabelle.id, `add @tommy ${tommy.number}`, channelId);
      await world.conf(isabelle.id, `add @mabel ${mabel.number}`, channelId);
      await world.conf(isabelle.id, `add Blathers ${blathers.number}`, channelId);
    },
    async join(number) {
      const phone = sim.twilio.phone(number);
      const call = await phone.dial();
      const code = phone.lastCode();
      if (code === null) throw new Error(`no code was texted to ${number}`);
      await call.press(code);
      await world.pass();
      return call;
    },
    pass: (ms = 0) => clock.advance(ms),
    channel(channelId = OPS) {
      return sim.slack
        .messages(channelId)
        .flatMap((message) => [
          world.plain(message),
          ...sim.slack.thread(channelId, message.ts).map((reply) => `> ${world.plain(reply)}`),
        ]);
    },
    plain: (message) => renderPlain(message, { tz: "UTC", now: clock.now() }),
    async restart() {
      await world.app.close();
      world.app = await startApp(config, { ...parts, clock, log });
      sim.connect({ publicUrl: PUBLIC_URL, listenUrl: world.app.url });
    },
    async close() {
      await world.app.close();
      await sim.close();
    },
  };
  sim.connect({ publicUrl: PUBLIC_URL, listenUrl: world.app.url });
  await clock.idle();
  return world;
}

export const ACCOUNTS = {
  twilio: {
    accountSid: "AC000000000000000000000000000a11ce",
    authToken: "test-auth-token-not-real",
    verifyServiceSid: "VA000000000000000000000000005e12ce",
    phoneNumber: LINE_NUMBER,
  },
  slack: {
    teamId: "T0EXAMPLE1",
    botToken: "test-bot-token-not-real",
    signingSecret: "test-signing-secret-not-real",
    users: [
      { id: "U0ISABELLE", name: "isabelle", realName: "Isabelle" },
      { id: "U0TOMMY", name: "tommy", realName: "Tommy", phone: "(202) 555-0111" },
      { id: "U0MABEL", name: "mabel", realName: "Mabel" },
      { id: "U0CELESTE", name: "celeste", realName: "Celeste" },
      { id: "U0ADMIN", name: "nook", realName: "Tom Nook", isAdmin: true },
      { id: "U0OWNER", name: "owner", realName: "Resetti", isOwner: true },
      { id: "U0GUEST", name: "redd", realName: "Redd", isRestricted: true },
      { id: "U0SINGLE", name: "wisp", realName: "Wisp", isUltraRestricted: true },
      { id: "U0STRANGER", name: "gulliver", realName: "Gulliver", isStranger: true, teamId: "T0OTHER" },
      { id: "U0BOT", name: "robot", realName: "Robot", isBot: true },
    ],
    channels: [OPS, BOARD, "C0HALL"].map((id) => ({
      id,
      name: id.slice(2).toLowerCase(),
      appIsIn: id !== "C0HALL",
      members: [
        "U0ISABELLE",
        "U0TOMMY",
        "U0MABEL",
        "U0CELESTE",
        "U0ADMIN",
        "U0OWNER",
        "U0GUEST",
        "U0SINGLE",
        "U0STRANGER",
        "U0BOT",
      ],
    })),
  },
};

/** What the service's environment has to say for it to use the simulated outside. */
export function environmentFor(simulatorUrl: string, overrides: Record<string, string>): Record<string, string> {
  return {
    PUBLIC_URL,
    PORT: "0",
    HOST: "127.0.0.1",
    SLACK_BOT_TOKEN: ACCOUNTS.slack.botToken,
    SLACK_SIGNING_SECRET: ACCOUNTS.slack.signingSecret,
    SLACK_API_URL: `${simulatorUrl}/slack/api/`,
    TWILIO_ACCOUNT_SID: ACCOUNTS.twilio.accountSid,
    TWILIO_AUTH_TOKEN: ACCOUNTS.twilio.authToken,
    TWILIO_VERIFY_SERVICE_SID: ACCOUNTS.twilio.verifyServiceSid,
    TWILIO_PHONE_NUMBER: LINE_NUMBER,
    TWILIO_API_URL: simulatorUrl,
    ...overrides,
  };
}

function configFor(environment: Record<string, string>): Config {
  const read = readConfig(environment);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.config;
}
