import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { failedCall, lockOut } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, blathers, celeste } = PEOPLE;
const SECOND = 1000;

/** What a moderator of the account does with Twilio's own tools. */
async function tellTwilio(world: World, callSid: string, changes: Record<string, string>): Promise<void> {
  const room = world.sim.twilio.conferences().find(({ status }) => status === "in-progress");
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = world.config;
  const path = `/2010-04-01/Accounts/${account}/Conferences/${room?.sid}/Participants/${callSid}.json`;
  const response = await fetch(`${world.sim.url}${path}`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString("base64")}` },
    body: new URLSearchParams(changes),
  });
  expect(response.status).toBe(200);
  await world.pass();
}

describe.each(DIALECTS)("/conf who, on %s", (dialect) => {
  it("shows everybody in their state, since when, and who is missing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, `add @celeste ${celeste.number}`);
    expect(await world.conf(mabel.id, "who")).toMatch(
      /^Nobody is on the line of ops now\.\nOn the roster: Blathers, celeste, isabelle, mabel, tommy\.$/,
    );

    const verifying = await world.sim.twilio.phone(celeste.number).dial({ verstat: "TN-Validation-Passed-B" });
    expect(await world.conf(mabel.id, "who")).toMatch(
      /^Nobody is on the line of ops yet\.\nVerifying \(1\)\n• celeste · since 12:00 PM · .*not whether the number is theirs\nMissing: Blathers, isabelle, mabel, tommy\.$/,
    );

    await verifying.hangUp();
    await world.pass(60 * SECOND);
    const again = await world.sim.twilio.phone(celeste.number).dial();
    await world.join(tommy.number);
    const waiting = await world.conf(mabel.id, "who");
    expect(waiting).toMatch(/Waiting for a moderator since 12:01 PM/);
    expect(waiting).toMatch(/Waiting \(1\)\n• tommy · since 12:01 PM/);
    expect(waiting).toMatch(/Verifying \(1\)\n• celeste/);
    expect(waiting).toMatch(/Missing: Blathers, isabelle, mabel\./);

    await again.hangUp();
    await world.pass(60 * SECOND);
    await world.join(isabelle.number);
    const live = await world.conf(mabel.id, "who");
    expect(live).toMatch(/Live since 12:02 PM/);
    expect(live).toMatch(/On the call \(2\)/);
    expect(live).toMatch(/• isabelle · moderator · since 12:02 PM/);
    expect(live).toMatch(/Missing: Blathers, celeste, mabel\./);
  });

  it("shows who is muted, on hold and in the keypad menu, and when that is over", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const tommys = await world.join(tommy.number);
    const isabelles = await world.join(isabelle.number);
    const mabels = await world.join(mabel.number);

    await tellTwilio(world, tommys.callSid, { Muted: "true" });
    await tellTwilio(world, mabels.callSid, { Hold: "true" });
    await isabelles.press("*");
    await world.pass();
    const who = await world.conf(celeste.id, "who");
    expect(who).toMatch(/• tommy · since .* · muted/);
    expect(who).toMatch(/• mabel · since .* · on hold/);
    expect(who).toMatch(/• isabelle · moderator · since .* · in the keypad menu/);

    await tellTwilio(world, tommys.callSid, { Muted: "false" });
    await tellTwilio(world, mabels.callSid, { Hold: "false" });
    await isabelles.press("1");
    await world.pass();
    expect(await world.conf(celeste.id, "who")).not.toMatch(/muted|on hold|keypad/);
  });
});

describe.each(DIALECTS)("/conf who, on %s", (dialect) => {
  it("says every carrier's verdict, and gives the times to each reader in their own zone", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.twilio.phone(tommy.number).dial({ verstat: "TN-Validation-Failed-A" });

    const outcome = await world.sim.slack.command({ userId: mabel.id, channelId: OPS, text: "who" });
    await world.clock.idle();

    const [message] = outcome.responses();
    expect(JSON.stringify(message?.blocks)).toMatch(/<!date\^1795435200\^\{time\}\|12:00 UTC>/);
    expect(JSON.stringify(message?.blocks)).toMatch(/:warning: the carrier's check of the number failed/);
    expect(message?.text).toMatch(/Verifying: tommy/);
  });
});

describe.each(DIALECTS)("/conf list, on %s", (dialect) => {
  it("shows names, roles, masked numbers, and who is locked out", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lockOut(world, mabel.number);

    const list = await world.conf(celeste.id, "list");

    expect(list).toMatch(/isabelle.*moderator.*•••• 10/);
    expect(list).toMatch(/Blathers.*•••• 13/);
    expect(list).toMatch(/mabel.*•••• 12.*locked/);
    expect(list).not.toMatch(/\d{3,}/);
  });
});

describe.each(DIALECTS)("/conf settings and set, on %s", (dialect) => {
  it("shows the number to dial, the grace time and where strangers are told of", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "set grace 90")).toMatch(/goes on for 90 s/);
    expect(await world.conf(celeste.id, "settings")).toMatch(
      /Dial in: \+1 202 555 0190\nGrace: 90 seconds until the call ends.*\nEntry: .*\nCallers on no roster: told to #/,
    );
    expect(await world.conf(isabelle.id, "set grace 2 min")).toMatch(/120 s/);
    expect(await world.conf(isabelle.id, "set grace 0")).toMatch(/ends at once/);
    expect(await world.conf(celeste.id, "settings")).toMatch(/as soon as no moderator is on/);
  });
});

describe.each(DIALECTS)("/conf log, on %s", (dialect) => {
  it("tells who was added, who came and went, and who failed, the latest first", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await failedCall(world, mabel.number);
    const call = await world.join(isabelle.number);
    await call.hangUp();
    await world.pass(SECOND);
    await world.conf(isabelle.id, "remove Blathers");

    const log = (await world.conf(isabelle.id, "log 100")).split("\n");

    const at = (words: RegExp) => log.findIndex((line) => words.test(line));
    const order = [/took Blathers off/, /isabelle left/, /isabelle joined/, /mabel's number hung up/, /added tommy/];
    const found = order.map(at);
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(log.at(-1)).toMatch(/isabelle made the conference/);
    expect(log.join()).not.toMatch(/\d{7}/);
  });

  it("shows ten, or as many as were asked for", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (let seconds = 1; seconds <= 12; seconds += 1) await world.conf(isabelle.id, `set grace ${seconds}`);

    expect((await world.conf(isabelle.id, "log")).split("\n")).toHaveLength(10);
    expect((await world.conf(isabelle.id, "log 3")).split("\n")).toHaveLength(3);
  });
});

describe.each(DIALECTS)("/conf help, on %s", (dialect) => {
  it("shows each person what they may do, and nothing else", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const [moderator, member, admin, guest] = await Promise.all(
      [isabelle.id, celeste.id, "U0ADMIN", "U0GUEST"].map((userId) => world.conf(userId, "help")),
    );

    expect(moderator).toMatch(/\/conf add/);
    expect(moderator).not.toMatch(/set alerts here/);
    expect(member).toMatch(/\/conf who/);
    expect(member).not.toMatch(/\/conf (add|remove|moderator|reset|set |log)/);
    expect(admin).toMatch(/set alerts here/);
    expect(guest).toBe(member);
    expect(await world.conf(isabelle.id, "")).toBe(moderator);
  });

  it("says how to begin where there is no conference yet", async () => {
    const world = await aWorld(dialect);

    expect(await world.conf(isabelle.id, "help")).toMatch(/no conference yet[\s\S]*\/conf add @mabel \+18005554321/);
    expect(await world.conf("U0GUEST", "help")).not.toMatch(/\/conf add/);
  });
});

const WRONG: [string, RegExp][] = [
  ["lsit", /Did you mean \/conf list\?/],
  ["whoo", /Did you mean \/conf who\?/],
  ["rem @tommy", /Did you mean \/conf remove\?/],
  ["frobnicate", /I don't know “frobnicate”[\s\S]*\/conf help/],
  ["set", /What should I set\?[\s\S]*\/conf set grace 90/],
  ["set colour red", /There is no setting “colour”/],
  ["set grace", /How long should the grace time be\?/],
  ["set grace 601", /“601” is no grace time[\s\S]*0 to 600/],
  ["set grace -1", /is no grace time/],
  ["set grace soon", /is no grace time/],
  ["set alerts there", /Alerts can't be sent to “there”/],
  ["log 0", /no count of events: give 1 to 100/],
  ["log many", /no count of events/],
  ["who now", /I don't know what to do with “now”/],
  ["moderator", /I need to know who/],
  ["reset", /I need to know who/],
];

describe.each(DIALECTS)("a command that is wrong, on %s", (dialect) => {
  it("is told what is wrong, with one that works", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    for (const [text, problem] of WRONG) {
      const answer = await world.conf(isabelle.id, text);
      expect(answer, text).toMatch(problem);
      expect(answer, text).toMatch(/For example: \/(conf|invite) /);
    }
  });

  it("where there is no conference yet says how one begins", async () => {
    const world = await aWorld(dialect);

    for (const text of [
      "who",
      "list",
      "settings",
      "log",
      "remove @tommy",
      "reset @tommy",
      "set grace 5",
      "moderator @tommy",
    ]) {
      expect(await world.conf(isabelle.id, text), text).toMatch(
        /no conference in this channel yet[\s\S]*\/conf add @user/,
      );
    }
  });
});

describe.each(DIALECTS)("an answer, on %s", (dialect) => {
  it("is seen by nobody else", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (const text of ["who", "list", "log", "settings", "help", "nonsense", "set grace 5", "reset @tommy"]) {
      expect(await world.conf(isabelle.id, text)).not.toBe("");
    }

    expect(world.sim.slack.messages(OPS)).toEqual([]);
    expect(world.sim.slack.ephemerals(OPS, blathers.id ?? tommy.id)).toEqual([]);
  });
});
