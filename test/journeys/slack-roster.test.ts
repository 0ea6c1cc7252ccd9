import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, LINE_NUMBER, OPS, PEOPLE, variants, type World } from "../support/confline.ts";
import { click, lastRequest, stateOf } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;

/** The last thing that only this person sees. */
function lastShown(world: World, userId: string, channelId = OPS) {
  return world.sim.slack.ephemerals(channelId, userId).at(-1);
}

const GUESTS: [string, RegExp][] = [
  ["add Blathers +12025550113", /Added Blathers with \+1 202 555 0113 as a participant/],
  ["add Blathers (202) 555-0113 moderator", /Added Blathers with \+1 202 555 0113 as a moderator/],
  ['add "Tom Nook" 202.555.0113', /Added Tom Nook with \+1 202 555 0113/],
  ["add “Tom Nook” +44 7700 900123", /Added Tom Nook with \+44 7700 900123/],
];

const REFUSED: [string, string, RegExp][] = [
  ["a number under another name", `add @celeste ${mabel.number}`, /That number is mabel's/],
  ["a guest by a Slack user's name", "add Mabel +12025550166", /mabel is on this roster with their Slack name/],
  ["a premium-rate number", "add Redd +19002345678", /premium-rate/],
  ["no valid number", "add Redd +1202555", /not a phone number that I understand/],
  ["digits of nobody's plan", "add Redd +999123456789", /not a phone number that I understand/],
  ["an extension", 'add Redd "+12025550113 ext. 5"', /Example|example/],
  ["the line's own number", `add Redd ${LINE_NUMBER}`, /line's own number/],
  ["a guest without a number", "add Redd", /A guest needs a number/],
  ["nobody", "add", /I need to know who/],
  ["a name that is a number", "add +12025550113", /no name/],
  ["a name Slack made no mention of", "add @nobody +12025550113", /did not tell me who ＠nobody is/],
  ["an app", "add @robot +12025550113", /apps don't make phone calls/],
  ["a profile without a number", "add @celeste", /no phone number that I understand/],
  ["two roles", `add Redd +12025550166 moderator participant`, /two roles/],
  ["something more", `add Redd +12025550166 please`, /I don't know what to do with “please”|is no name/],
  ["the step-down of the last moderator", "add @isabelle participant", /only moderator/],
];

describe.each(DIALECTS)("/conf add, on %s", (dialect) => {
  it("makes the conference with the first person, and its first moderator of whoever typed it", async () => {
    const world = await aWorld(dialect);

    const answer = await world.conf(isabelle.id, `add @tommy ${tommy.number}`);

    expect(answer).toMatch(/Added tommy with \+1 202 555 0111 as a participant/);
    expect(answer).toMatch(/has a conference now, and you are its moderator/);
    expect(answer).toMatch(/They dial \+1 202 555 0190/);
    const list = await world.conf(celeste.id, "list");
    expect(list).toMatch(/isabelle.*moderator/);
    expect(list).toMatch(/tommy.*•••• 11/);
    expect(list).not.toMatch(/0111/);
  });

  it("lets the first moderator add their own number later", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`);

    expect(await world.conf(isabelle.id, `add @isabelle ${isabelle.number}`)).toMatch(/isabelle is updated: moderator/);
    expect(await world.conf(isabelle.id, "list")).toMatch(/isabelle.*moderator.*•••• 10/);
  });

  it("offers the number on a Slack profile, masked, and adds it on a click, once", async () => {
    const world = await aWorld(dialect);

    expect(await world.conf(isabelle.id, "add @tommy moderator")).toMatch(
      /tommy's Slack profile has •••• 11\. Add them with it as a moderator\?\n\[Add\] \[Cancel\]/,
    );
    const offer = lastShown(world, isabelle.id);
    expect(JSON.stringify(offer?.blocks)).not.toMatch(/5550111|555-0111/);
    const added = await click(world, isabelle.id, offer, "add_offered_number");
    expect(added).toMatch(/Added tommy with •••• 11 as a moderator/);
    expect(lastShown(world, isabelle.id)?.ts).toBe(offer?.ts);

    expect((await world.sim.slack.replay(lastRequest(world))).status).toBe(200);
    await world.clock.idle();
    expect((await world.conf(isabelle.id, "log")).match(/added tommy/g)).toHaveLength(1);
  });

  it("takes nobody twice: the same trigger adds once", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`);
    const request = lastRequest(world);

    for (let copy = 0; copy < 3; copy += 1) await world.sim.slack.replay(request);
    await Promise.all([world.sim.slack.replay(request), world.sim.slack.replay(request)]);
    await world.clock.idle();

    expect((await world.conf(isabelle.id, "log")).match(/added tommy/g)).toHaveLength(1);
  });
});

describe.each(DIALECTS)("/conf add, on %s", (dialect) => {
  it.each(
    variants(dialect, [
      ["a mention with a name", "<@U0MABEL|mabel>"],
      ["a bare mention", "<@U0MABEL>"],
      ["a mention with an empty name", "<@U0MABEL|>"],
    ]),
  )("knows a person by %s", async (_, mention) => {
    const world = await aWorld(dialect);

    expect(await world.conf(isabelle.id, `add ${mention} ${mabel.number}`)).toMatch(/Added mabel/);
  });

  it("takes a guest, with the number in any form", async () => {
    const world = await aWorld(dialect);

    for (const [text, words] of GUESTS) {
      expect(await world.conf(isabelle.id, text), text).toMatch(words);
      await world.conf(isabelle.id, text.includes("Nook") ? 'remove "Tom Nook"' : "remove Blathers");
    }
  });

  it("updates whoever is on the roster already", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "add @tommy +12025550177")).toMatch(/tommy is updated: .*\+1 202 555 0177/);
    expect(await world.conf(isabelle.id, "add @tommy moderator")).toMatch(/tommy is updated: moderator with •••• 77/);
    expect(await world.conf(isabelle.id, "add blathers +12025550178")).toMatch(/lathers is updated/);
    const list = await world.conf(isabelle.id, "list");
    expect(list.match(/tommy/g)).toHaveLength(1);
    expect(list).toMatch(/lathers.*•••• 78/);
  });

  it("offers a number that is new on the profile of somebody on the roster, and says when it is not", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "add @tommy")).toMatch(/tommy is on the roster already/);
    await world.sim.slack.updateUser(tommy.id, { phone: "+1 202 555 0155" });
    expect(await world.conf(isabelle.id, "add @tommy")).toMatch(/profile has •••• 55/);
    expect(await click(world, isabelle.id, lastShown(world, isabelle.id), "add_offered_number")).toMatch(
      /tommy is updated: participant with •••• 55/,
    );
  });

  it("does not add a number that the profile no longer has when the offer is taken up", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, "add @tommy");
    const before = await stateOf(world);
    await world.sim.slack.updateUser(tommy.id, { phone: "+1 202 555 0155" });

    const answer = await click(world, isabelle.id, lastShown(world, isabelle.id), "add_offered_number");

    expect(answer).toMatch(/has changed since/);
    expect(await stateOf(world)).toBe(before);
  });

  it("adds nobody on Cancel", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, "add @tommy");
    const before = await stateOf(world);

    expect(await click(world, isabelle.id, lastShown(world, isabelle.id), "cancel_offer")).toMatch(/Nobody was added/);
    expect(await stateOf(world)).toBe(before);
  });

  it("refuses what cannot be, says what would work, and changes nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await stateOf(world);

    for (const [what, text, problem] of REFUSED) {
      const answer = await world.conf(isabelle.id, text);
      expect(answer, what).toMatch(problem);
      expect(answer, what).toMatch(/^⚠️/);
      expect(await stateOf(world), what).toBe(before);
    }
  });

  it("refuses the line's own number when it is on a profile, and who is deactivated", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.updateUser(celeste.id, { phone: LINE_NUMBER });
    expect(await world.conf(isabelle.id, "add @celeste")).toMatch(/line's own number/);

    await world.sim.slack.updateUser(celeste.id, { deleted: true });
    expect(await world.conf(isabelle.id, `add @celeste ${celeste.number}`)).toMatch(/deactivated/);
  });

  it("lets one number be on the rosters of two channels", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);

    expect(await world.conf(celeste.id, `add @mabel ${mabel.number}`, BOARD)).toMatch(/Added mabel/);
  });
});

describe.each(DIALECTS)("/conf remove, on %s", (dialect) => {
  it("takes people off by mention, name or number, and off the call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.join(tommy.number);

    expect(await world.conf(isabelle.id, "remove @tommy")).toMatch(/tommy is off the roster, and I am taking them off/);
    expect(await world.conf(isabelle.id, "remove blathers")).toMatch(/Blathers is off the roster\./);
    expect(await world.conf(isabelle.id, `remove ${mabel.number}`)).toMatch(/mabel is off the roster\./);
    await world.pass(2000);

    expect(call.state()).toBe("ended");
    const list = await world.conf(isabelle.id, "list");
    expect(list).not.toMatch(/tommy|Blathers|mabel/);
  });

  it("frees the number for somebody else, and lets the same person come back", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "remove @tommy");

    expect(await world.conf(isabelle.id, `add @celeste ${tommy.number}`)).toMatch(/Added celeste/);
    expect(await world.conf(isabelle.id, "add @tommy +12025550177")).toMatch(/Added tommy/);
  });
});

describe.each(DIALECTS)("/conf remove, on %s", (dialect) => {
  it("of nobody it knows, or of the last moderator, changes nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await stateOf(world);

    for (const [text, problem] of [
      ["remove", /I need to know who/],
      ["remove @celeste", /not on this channel's roster/],
      ["remove Redd", /“Redd” is not on this channel's roster/],
      ["remove +12025550166", /is not on this channel's roster/],
      ["remove @isabelle", /only moderator/],
      ["remove @tommy @mabel", /I don't know what to do with/],
    ] as const) {
      expect(await world.conf(isabelle.id, text), text).toMatch(problem);
      expect(await stateOf(world), text).toBe(before);
    }
  });
});

describe.each(DIALECTS)("/conf moderator and participant, on %s", (dialect) => {
  it("change a role, and say so when it is so already", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "moderator @tommy")).toMatch(/tommy is a moderator now/);
    expect(await world.conf(tommy.id, "moderator @tommy")).toMatch(/tommy is a moderator already/);
    expect(await world.conf(tommy.id, "participant @isabelle")).toMatch(/isabelle is a participant now/);
    expect(await world.conf(isabelle.id, "moderator @isabelle")).toMatch(/Only this conference's moderators/);
  });

  it("keep the last moderator", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "participant @isabelle")).toMatch(/only moderator.*[\s\S]*\/conf moderator/);
    expect(await world.conf(isabelle.id, "list")).toMatch(/isabelle.*moderator/);
  });
});
