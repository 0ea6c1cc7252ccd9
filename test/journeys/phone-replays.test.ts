import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { codeFor, everyRow, forge, notThe, runSql, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;

/** Comings, goings, a visit to the menu, somebody muted, somebody who dials in again; ends with three on the call. */
async function story(world: World): Promise<void> {
  const tommys = await world.join(tommy.number);
  await world.join(isabelle.number);
  const mabels = await world.join(mabel.number);
  await world.pass(7000);
  await tommys.press("*");
  await world.pass(3000);
  await tommys.press("1");
  await mabels.hangUp();
  await world.pass(4000);
  const blatherss = await world.join(blathers.number);
  await world.pass(4000);
  await mute(world, tommys.callSid);
  await blatherss.hangUp();
  await world.pass(1000);
  await world.join(blathers.number);
}

/** Mutes somebody as a person at Twilio's console would. */
async function mute({ sim, config }: World, callSid: string): Promise<void> {
  const room = sim.twilio.conferences().find(({ status }) => status === "in-progress");
  const account = `${config.TWILIO_ACCOUNT_SID}:${config.TWILIO_AUTH_TOKEN}`;
  const path = `2010-04-01/Accounts/${config.TWILIO_ACCOUNT_SID}/Conferences/${room?.sid}/Participants/${callSid}.json`;
  const response = await fetch(`${sim.url}/${path}`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(account).toString("base64")}` },
    body: new URLSearchParams({ Muted: "true" }),
  });
  if (!response.ok) throw new Error(`Twilio said ${response.status}`);
}

/** The voice webhooks of a call so far, with what it was told then. */
function voiceWebhooks(world: World, callSid: string) {
  return world.sim.twilio
    .sent()
    .filter(({ params, url }) => params["CallSid"] === callSid && /\/(voice|code|choice|room|menu)/.test(url));
}

function pathOf(url: string): string {
  return /\/twilio\/([^#]*)/.exec(url)?.[1] ?? "";
}

function documentsOf(world: World, callSid: string): string[] {
  const timeline = world.sim.twilio.call(callSid)?.timeline() ?? [];
  return timeline.flatMap(({ what }) => (what.startsWith("document: ") ? [what.slice("document: ".length)] : []));
}

/** That somebody was heard of is no change. */
function withoutNews(rows: Record<string, unknown[]>): string {
  return JSON.stringify(rows).replaceAll(/"last_news_at":\d+/g, "");
}

describe.each(DIALECTS)("T3, F9–F11, F12–F15: a webhook that is replayed, on %s", (dialect) => {
  it("while the caller is on the call gets the same TwiML again, and changes nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const call = await world.sim.twilio.phone(tommy.number).dial();
    await call.press("123");
    await world.pass(20_000);
    await call.press(codeFor(world, tommy.number));
    await world.pass(20_000);
    const sent = voiceWebhooks(world, call.callSid);
    const before = await everyRow(world);

    const answers = [];
    for (const { url, params } of sent) answers.push((await forge(world, pathOf(url), params)).body);

    expect(answers).toEqual(documentsOf(world, call.callSid));
    expect(answers).toHaveLength(3);
    expect(withoutNews(await everyRow(world))).toEqual(withoutNews(before));
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    ["the call is over", (world) => world.sim.twilio.phone(tommy.number).calls()[0]?.hangUp() ?? Promise.resolve()],
    ["the person was removed", (world) => world.conf(isabelle.id, "remove @tommy")],
    [
      "the number was locked",
      async (world) => {
        for (let calls = 0; calls < 4; calls += 1) {
          const phone = world.sim.twilio.phone("+12025550166");
          const failing = await phone.dial({ from: tommy.number });
          for (let tries = 0; tries < 3; tries += 1)
            await failing.press(notThe(world.sim.twilio.verify.codeFor(tommy.number)));
        }
      },
    ],
    [
      "the session ended",
      async (world) => {
        await world.conf(isabelle.id, "set grace 0");
        await world.sim.twilio.phone(isabelle.number).calls()[0]?.hangUp();
      },
    ],
  ])("after %s gets a hang-up, and lets nobody in", async (_, happen) => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const call = await world.join(tommy.number);
    const sent = voiceWebhooks(world, call.callSid);
    await happen(world);
    await world.pass(5000);

    for (const { url, params } of sent) {
      const { status, body } = await forge(world, pathOf(url), params);
      expect(status).toBe(200);
      expect(body).toMatch(/<Response><Hangup\/><\/Response>$/);
    }
  });

  it("one to ten times at once, every one that there was, leaves the database as it was", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await story(world);
    for (const call of world.sim.twilio.calls()) await world.sim.twilio.call(call.callSid)?.hangUp();
    await world.pass(90_000);
    const sent = world.sim.twilio.sent().filter(({ url }) => url.includes("/twilio/"));
    const before = await everyRow(world);

    const bodies = [];
    for (const [index, { url, params }] of sent.entries()) {
      const replays = Array.from({ length: 1 + (index % 10) }, () => forge(world, pathOf(url), params));
      for (const { body } of await Promise.all(replays)) bodies.push(body);
    }
    await world.clock.idle();

    expect(sent.length).toBeGreaterThan(30);
    expect(bodies.filter((body) => /<Dial|<Gather/.test(body))).toEqual([]);
    expect(await everyRow(world)).toEqual(before);
  });
});

describe.each(DIALECTS)("T18: a caller who skips steps, on %s", (dialect) => {
  it("is never let in by any webhook, whatever state the call is in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp("C0BOARD");
    const isabelles = await world.join(isabelle.number);
    await isabelles.press("1");
    const phone = world.sim.twilio.phone(mabel.number);
    const states: Record<string, () => Promise<string>> = {
      unknown: async () => "CA00000000000000000000000000000bad",
      verifying: async () => (await phone.dial()).callSid,
      "turned away": async () => (await world.sim.twilio.phone("+12025550177").dial()).callSid,
      "given up": async () => {
        const call = await phone.dial();
        for (let tries = 0; tries < 3; tries += 1) await call.press("000000");
        return call.callSid;
      },
      "hung up": async () => {
        const call = await phone.dial();
        await call.hangUp();
        return call.callSid;
      },
      "hung up in the room": async () => {
        await runSql(world, ["update phone_numbers set texts_sent_at = '[]'"]);
        const call = await world.join(tommy.number);
        await call.hangUp();
        return call.callSid;
      },
    };

    const letIn: string[] = [];
    for (const [state, reach] of Object.entries(states)) {
      const callSid = await reach();
      await world.pass();
      for (const path of ["choice", "room", "menu", "code"]) {
        for (const step of [1, 2, 3, 12]) {
          for (const digits of ["", "1", "000000"]) {
            const { status, body } = await forge(world, `${path}/${step}`, {
              CallSid: callSid,
              CallStatus: "in-progress",
              DialCallStatus: "answered",
              Digits: digits,
            });
            if (status >= 500 || body.includes("<Dial")) letIn.push(`${state} ${path}/${step} ${digits} ${status}`);
          }
        }
      }
    }

    expect(letIn).toEqual([]);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });
});
