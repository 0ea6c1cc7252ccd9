import { createHmac } from "node:crypto";
import Sqlite from "better-sqlite3";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, START, variants, type World } from "../support/confline.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { alertsIn, click, lastRequest, lockOut, stateOf } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const FORM = "application/x-www-form-urlencoded";
const EVERYTHING = "*";

async function aWorldWithCommand(dialect: Dialect): Promise<{ world: World; body: string; before: string }> {
  const world = await aWorld(dialect);
  await world.setUp();
  const outcome = await world.sim.slack.command({ userId: isabelle.id, channelId: OPS, text: "list" });
  await world.clock.idle();
  const body = lastRequest(world).body.replace("text=list", "text=remove+%3C%40U0MABEL%3E");
  expect(outcome.ack.status).toBe(200);
  return { world, body: body.replace(/trigger_id=[^&]*/, "trigger_id=1.2.fresh"), before: await stateOf(world) };
}

describe.each(DIALECTS)("T27: a command that Slack did not send, on %s", (dialect) => {
  const seconds = START / 1000;
  it("gets 401 with nothing in it, and does nothing", async () => {
    const { world, body, before } = await aWorldWithCommand(dialect);
    const callsBefore = world.sim.slack.calls().length;

    for (const [what, overrides] of [
      ["signed with another secret", { signingSecret: "somebody-elses-secret" }],
      ["signed six minutes ago", { timestampSeconds: seconds - 301 }],
      ["signed for six minutes from now", { timestampSeconds: seconds + 301 }],
      ["without a signature", { headers: { "X-Slack-Signature": "" } }],
      ["with a signature of something else", { headers: { "X-Slack-Signature": `v0=${"0".repeat(64)}` } }],
      ["with a timestamp that was not signed", { headers: { "X-Slack-Request-Timestamp": String(seconds - 1) } }],
      ["without a timestamp", { headers: { "X-Slack-Request-Timestamp": "" } }],
    ] as const) {
      const answer = await world.sim.slack.request(body, overrides);
      await world.clock.idle();
      expect([answer.status, answer.body], what).toEqual([401, ""]);
    }

    expect(await stateOf(world)).toBe(before);
    expect(world.sim.slack.calls()).toHaveLength(callsBefore);
  });

  it("does what it says when it is signed: the same body", async () => {
    const { world, body, before } = await aWorldWithCommand(dialect);

    expect((await world.sim.slack.request(body)).status).toBe(200);
    await world.clock.idle();

    expect(await stateOf(world)).not.toBe(before);
  });

  it("counts when its clock is off by up to five minutes", async () => {
    const { world, body } = await aWorldWithCommand(dialect);

    for (const offSeconds of [299, -299]) {
      const { status } = await world.sim.slack.request(body, { timestampSeconds: seconds + offSeconds });
      expect(status, `${offSeconds} s`).toBe(200);
    }
  });

  it("is refused when it comes again after five minutes, and does nothing twice before", async () => {
    const { world, body } = await aWorldWithCommand(dialect);
    await world.sim.slack.request(body);
    await world.clock.idle();
    const after = await stateOf(world);

    expect((await world.sim.slack.replay(lastRequest(world))).status).toBe(200);
    await world.clock.idle();
    expect(await stateOf(world)).toBe(after);
    await world.pass(301_000);
    expect((await world.sim.slack.replay(lastRequest(world))).status).toBe(401);
  });
});

const WRONG_FORMS: [string, string, string][] = [
  ["a command as JSON", "application/json", JSON.stringify({ command: "/conf", text: "remove @mabel" })],
  ["a form called something else", "text/plain", "command=%2Fconf&text=list"],
  ["broken JSON", "application/json", "{"],
  ["nothing", FORM, ""],
  ["a form of one word", FORM, "name"],
  ["a payload that is no JSON", FORM, "payload=%7B"],
  ["a payload that is null", FORM, "payload=null"],
  ["a command without its fields", FORM, "command=%2Fconf"],
  ["a payload that is a list", FORM, "payload=%5B%5D"],
  ["JSON that is no object", "application/json", "null"],
  ["a command with half its fields twice", FORM, "command=%2Fconf&text=remove+x&text=list&user_id=U1&user_id=U2"],
  ["two megabytes", FORM, `text=${"x".repeat(2_000_000)}`],
];

describe.each(DIALECTS)("T33: a request of the wrong form, on %s", (dialect) => {
  it("though signed, changes nothing and is no failure of ours", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await stateOf(world);

    for (const [what, contentType, body] of WRONG_FORMS) {
      const answer = await world.sim.slack.request(body, { contentType });
      await world.clock.idle();
      expect([200, 400, 413], what).toContain(answer.status);
      expect(await stateOf(world), what).toBe(before);
    }

    expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
  });

  it("answers Slack's own probe of the certificate, and its challenge", async () => {
    const world = await aWorld(dialect);

    expect((await world.sim.slack.request("ssl_check=1&token=legacy")).status).toBe(200);
    const challenge = JSON.stringify({ type: "url_verification", token: "legacy", challenge: "abc" });
    const answer = await world.sim.slack.request(challenge, { contentType: "application/json" });
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining("abc")]);
  });

  it("takes an event that it has no use for, without a retry", async () => {
    const world = await aWorld(dialect);

    const { attempts } = await world.sim.slack.event("app_home_opened", { user: isabelle.id, tab: "home" });

    expect(attempts.map(({ status }) => status)).toEqual([200]);
  });

  it("answers no GET", async () => {
    const world = await aWorld(dialect);

    expect((await fetch(`${world.app.url}/slack/events`)).status).toBe(404);
  });
});

describe.each(DIALECTS)("F2: the acknowledgement, on %s", (dialect) => {
  /** Real time: what somebody waits for. */
  async function ackMs(world: World, text: string): Promise<number> {
    const startedAt = performance.now();
    const outcome = await world.sim.slack.command({ userId: isabelle.id, channelId: OPS, text });
    expect([outcome.ack.status, outcome.ack.body]).toEqual([200, ""]);
    return performance.now() - startedAt;
  }

  it.each(
    variants(dialect, [
      "who",
      "list",
      "add @tommy",
      `add @celeste ${tommy.number}`,
      "remove @mabel",
      "help",
      "log",
      "schedule",
      "nonsense",
    ]),
  )("of /conf %s waits for nothing that Slack is asked", async (text) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const letGo = world.sim.slack.faults.add({ route: EVERYTHING, fault: { kind: "hang" } });

    expect(await ackMs(world, text)).toBeLessThan(500);

    letGo();
    await world.clock.idle();
  });

  it("of a click waits for nothing either", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lockOut(world, mabel.number);
    await world.pass(5000);
    const [alert] = alertsIn(world).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));
    const letGo = world.sim.slack.faults.add({ route: EVERYTHING, fault: { kind: "hang" } });
    const startedAt = performance.now();

    const outcome = await world.sim.slack.click({
      userId: isabelle.id,
      channelId: OPS,
      ts: alert?.ts ?? "",
      actionId: "reset_lockout",
    });

    expect(outcome.ack.status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(500);
    letGo();
    await world.clock.idle();
  });
});

describeOnPostgres("the acknowledgement, when somebody has locked the tables", () => {
  it("waits for nothing that the database has to do", async () => {
    const world = await aWorld("postgres");
    await world.setUp();
    if (world.config.DATABASE_URL.kind !== "postgres") throw new Error("PostgreSQL was asked for");
    const rival = new Client({ connectionString: world.config.DATABASE_URL.url });
    await rival.connect();
    await rival.query("begin; lock table conferences, participants, slack_requests in access exclusive mode");

    const command = { userId: isabelle.id, channelId: OPS, text: "remove @mabel" };
    const { ack } = await world.sim.slack.command(command);

    expect([ack.status, ack.body]).toEqual([200, ""]);
    expect(world.sim.slack.ephemerals(OPS, isabelle.id).at(-1)?.text).not.toMatch(/mabel.*off the roster/);
    await rival.query("rollback");
    await rival.end();
    await world.clock.idle();
    expect(world.sim.slack.ephemerals(OPS, isabelle.id).at(-1)?.text).toMatch(/mabel.*off the roster/);
  });
});

describe("the acknowledgement, when another process has locked the file", () => {
  it("comes before the database is waited for, which then keeps the process for its 1.5 s", async () => {
    const world = await aWorld();
    await world.setUp();
    if (world.config.DATABASE_URL.kind !== "sqlite") throw new Error("an SQLite file was asked for");
    const rival = new Sqlite(world.config.DATABASE_URL.file);
    rival.exec("begin immediate");

    const command = { userId: isabelle.id, channelId: OPS, text: "remove @mabel" };
    const { ack } = await world.sim.slack.command(command);
    const answersBefore = world.sim.slack.ephemerals(OPS, isabelle.id).length;
    await world.clock.idle();
    const answers = world.sim.slack.ephemerals(OPS, isabelle.id).slice(answersBefore);
    rival.close();

    expect([ack.status, ack.body]).toEqual([200, ""]);
    expect(answers.map(({ text }) => text)).toEqual([expect.stringMatching(/Something went wrong on my side/)]);
    expect(await world.conf(isabelle.id, "remove @mabel")).toMatch(/mabel.*off the roster/);
  });
});

describe.each(DIALECTS)("a reply that does not reach Slack, on %s", (dialect) => {
  it("leaves what was done done, and breaks nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({
      route: "POST /slack/response/:kind/:teamId/:id/:secret",
      fault: { kind: "status", status: 500 },
      times: 1,
    });

    expect(await world.conf(isabelle.id, "remove @mabel")).toBe("");
    expect(await world.conf(isabelle.id, "list")).not.toMatch(/mabel/);
    expect(world.logLines.join()).toMatch(/a reply did not reach Slack/);
  });
});

describe.each(DIALECTS)("T27: a click that comes twice, on %s", (dialect) => {
  it("resets once", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lockOut(world, mabel.number);
    await world.pass(5000);
    const [alert] = alertsIn(world).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));
    await click(world, isabelle.id, alert, "reset_lockout");
    const request = lastRequest(world);

    await Promise.all([world.sim.slack.replay(request), world.sim.slack.replay(request)]);
    await world.clock.idle();

    expect((await world.conf(isabelle.id, "log 50")).match(/cleared mabel's lock/g)).toHaveLength(1);
  });
});

it.each(DIALECTS)("a secret that only begins like ours signs nothing, on %s", async (dialect) => {
  const { world, body, before } = await aWorldWithCommand(dialect);
  const { SLACK_SIGNING_SECRET: secret } = world.config;
  const timestamp = String(START / 1000);
  const hex = createHmac("sha256", secret.slice(0, -1)).update(`v0:${timestamp}:${body}`).digest("hex");

  const answer = await world.sim.slack.request(body, { headers: { "X-Slack-Signature": `v0=${hex}` } });

  expect(answer.status).toBe(401);
  expect(await stateOf(world)).toBe(before);
});
