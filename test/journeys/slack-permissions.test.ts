import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import { commandWords } from "../../src/slack/command-text.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { aWorld, BOARD, type Dialect, DIALECTS, OPS, PEOPLE, variants, type World } from "../support/confline.ts";
import { SCHEDULE_BUTTONS, scheduled } from "../support/schedule-stories.ts";
import { alertsIn, click, lockOut, stateOf } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;
const PRIVATE = "G0PRIVATE";
const HALL = "C0HALL";
const DM = "D0EVERYBODY";

/** Every word that may follow /conf, as it would be typed to do something. */
const TYPED: Record<string, string[]> = {
  help: ["help"],
  list: ["list"],
  who: ["who"],
  settings: ["settings"],
  log: ["log"],
  add: [`add @celeste ${celeste.number}`, "add @mabel moderator", "add @tommy"],
  moderator: ["moderator @mabel"],
  participant: ["participant @tommy"],
  reset: ["reset @mabel"],
  set: ["set grace 5", "set alerts here", "set entry scheduled", "set early 5m"],
  schedule: ["schedule tomorrow 15:00 Review", "schedule"],
  upcoming: ["upcoming"],
  cancel: ["cancel 1"],
  remove: ["remove @mabel", "remove Blathers", `remove ${celeste.number}`],
};
const LOOKING = ["help", "list", "who", "settings", "upcoming"];
const LOOKS = LOOKING.flatMap((word) => TYPED[word] ?? []);
const CHANGES = Object.entries(TYPED).flatMap(([word, typed]) => (LOOKING.includes(word) ? [] : typed));
const ADMINS_ONLY = ["set alerts here"];

const REFUSED: Record<string, { userId: string; words: RegExp }> = {
  "a single-channel guest": { userId: "U0SINGLE", words: /can look, but not change/ },
  "a multi-channel guest": { userId: "U0GUEST", words: /can look, but not change/ },
  "an app": { userId: "U0BOT", words: /can look, but not change/ },
  "somebody deactivated": { userId: "U0GONE", words: /can look, but not change/ },
  "a stranger of a shared channel": { userId: "U0STRANGER", words: /can look, but not change/ },
  "somebody of another workspace": { userId: "U0ELSEWHERE", words: /can look, but not change/ },
  "an admin of another workspace": { userId: "U0FOREIGN", words: /can look, but not change/ },
  "a guest who is a moderator on the roster": { userId: "U0ISABELLE", words: /can look, but not change/ },
  "a plain member": { userId: "U0CELESTE", words: /Only this conference's moderators|Only workspace admins/ },
  "a participant": { userId: "U0MABEL", words: /Only this conference's moderators|Only workspace admins/ },
};
const ENTITLED: Record<string, string> = { "a moderator": "U0ISABELLE", "an admin": "U0ADMIN", "an owner": "U0OWNER" };

/** What kind of channel it is, is no matter of the database: one of them sees one kind. */
const CHANNELS: Record<Dialect, string[]> = { sqlite: [OPS, PRIVATE], postgres: [OPS] };

/** Who waits in each channel's call. */
const CALLERS: Record<string, string> = { [OPS]: "+12025550117", [PRIVATE]: "+12025550118" };

/** The line of a thread that tells of them, with *Remove*. */
function offerToRemove({ sim: { slack } }: World, channelId: string): SlackMessage | undefined {
  return slack
    .messages(channelId)
    .flatMap(({ ts }) => slack.thread(channelId, ts))
    .find(({ blocks }) => JSON.stringify(blocks).includes(actionIds.takeOffCall));
}

/**
 * A conference in two kinds of channel, with a second moderator, a locked number and somebody on the call, and people
 * of every kind there.
 */
async function aWorldOfAllKinds(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  addOthers(world);
  for (const channelId of [OPS, PRIVATE]) {
    await world.setUp(channelId);
    await world.conf(isabelle.id, "moderator @tommy", channelId);
  }
  await lockOut(world, mabel.number);
  for (const channelId of CHANNELS[dialect]) {
    const number = CALLERS[channelId] ?? "";
    await world.conf(isabelle.id, `add Brewster ${number}`, channelId);
    await world.join(number);
  }
  // Past Slack's limits for what the preparations asked of it.
  await world.pass(10_000);
  world.clock.jump(50_000);
  return world;
}

function addOthers({ sim: { slack } }: World): void {
  slack.addUser({ id: "U0GONE", name: "gone", realName: "Gone", deleted: true });
  slack.addUser({ id: "U0ELSEWHERE", name: "elsewhere", realName: "Elsewhere", teamId: "T0OTHER" });
  slack.addUser({ id: "U0FOREIGN", name: "foreign", realName: "Foreign", teamId: "T0OTHER", isAdmin: true });
  const members = slack.users().map(({ id }) => id);
  slack.addChannel({ id: OPS, name: "ops", appIsIn: true, members });
  slack.addChannel({ id: BOARD, name: "board", appIsIn: true, members });
  slack.addChannel({ id: PRIVATE, name: "secret", isPrivate: true, appIsIn: true, members });
}

async function makeGuestOfModerator(world: World, userId: string): Promise<void> {
  if (userId === isabelle.id) await world.sim.slack.updateUser(userId, { isRestricted: true });
}

it("knows every command and every button", () => {
  expect(Object.keys(TYPED).toSorted()).toEqual(commandWords.toSorted());
  const elsewhere: string[] = [...SCHEDULE_BUTTONS];
  const here = Object.values(actionIds).filter((id) => !elsewhere.includes(id));
  expect(here.toSorted()).toEqual(
    [
      "answer_yes",
      "answer_maybe",
      "answer_no",
      "call_me",
      "add_offered_number",
      "cancel_offer",
      "reset_lockout",
      "take_off_call",
    ].toSorted(),
  );
});

/** A few a world: making one takes longer than asking for most of them. */
const REFUSED_TOGETHER = [0, 3, 6].map((from, index, all) => Object.entries(REFUSED).slice(from, all[index + 1]));

describe.each(DIALECTS)("T28, T29: who may not change a conference, on %s", (dialect) => {
  it.each(REFUSED_TOGETHER.map((people) => [people.map(([who]) => who).join(", "), people] as const))(
    "may look in every kind of channel, and change nothing there, by command or button: %s",
    async (_, people) => {
      const world = await aWorldOfAllKinds(dialect);

      for (const [who, { userId, words }] of people) {
        await makeGuestOfModerator(world, userId);
        const before = await stateOf(world);
        for (const channelId of CHANNELS[dialect]) {
          for (const text of LOOKS) expect(await world.conf(userId, text, channelId), who).not.toMatch(/can look|Only/);
          for (const text of CHANGES)
            expect(await world.conf(userId, text, channelId), `${who}: ${text}`).toMatch(words);
          const [alert] = alertsIn(world, channelId).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));
          expect(await click(world, userId, alert, actionIds.resetLockout), who).toMatch(words);
          const joined = offerToRemove(world, channelId);
          expect(await click(world, userId, joined, actionIds.takeOffCall), who).toMatch(words);
        }
        expect(await stateOf(world), who).toBe(before);
        // Past Slack's limits for what this one asked of it.
        world.clock.jump(60_000);
        await world.pass();
      }
    },
  );

  it("makes no conference of a channel without one, unless they are a member here", async () => {
    const world = await aWorld(dialect);
    addOthers(world);

    for (const [who, { userId, words }] of Object.entries(REFUSED)) {
      await makeGuestOfModerator(world, userId);
      const isMember = [celeste.id, mabel.id].some((id) => id === userId);
      const channelId = `C0FOR${userId.slice(2)}`;
      const members = world.sim.slack.users().map(({ id }) => id);
      world.sim.slack.addChannel({ id: channelId, name: userId.toLowerCase(), appIsIn: true, members });

      const answer = await world.conf(userId, `add @tommy ${tommy.number}`, channelId);

      expect(answer, who).toMatch(isMember ? /you are its moderator/ : words);
      expect(await world.conf(tommy.id, "list", channelId), who).toMatch(isMember ? /tommy/ : /no conference/);
    }
  });
});

const ENTITLED_ON_BOTH = DIALECTS.flatMap((dialect) =>
  Object.entries(ENTITLED).map(([who, userId]): [string, Dialect, string] => [who, dialect, userId]),
);

describe.each(ENTITLED_ON_BOTH)("T28: %s, on %s", (who, dialect, userId) => {
  it("may do everything that is theirs to do, in public and private channels, and click Reset and Remove", async () => {
    const world = await aWorldOfAllKinds(dialect);
    const [alert] = alertsIn(world).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));

    expect(await click(world, userId, alert, actionIds.resetLockout)).toMatch(/mabel can try again/);
    expect(await click(world, userId, offerToRemove(world, OPS), actionIds.takeOffCall)).toMatch(/taking Brewster off/);
    for (const channelId of CHANNELS[dialect]) {
      await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup", channelId);
      for (const text of CHANGES) {
        const answer = await world.conf(userId, text, channelId);
        const isRefused = ADMINS_ONLY.includes(text) && who === "a moderator";
        expect(answer, text).toMatch(isRefused ? /Only workspace admins and owners/ : /^(?!⚠️)(?!.*(?:Only|can look))/s);
      }
    }
  });
});

describe.each(DIALECTS)("T29: when Slack cannot say who somebody is, on %s", (dialect) => {
  it.each(
    variants(dialect, [
      ["it is down", { kind: "status", status: 500 } as const],
      ["it has too much to do", { kind: "status", status: 429, retryAfterSeconds: 30 } as const],
      ["it knows no such user", { kind: "status", status: 200, body: { ok: false, error: "user_not_found" } } as const],
      [
        "it tells of somebody else",
        { kind: "status", status: 200, body: { ok: true, user: { id: "U0ADMIN" } } } as const,
      ],
      ["it tells nonsense", { kind: "status", status: 200, body: { ok: true, user: [] } } as const],
    ]),
  )("for %s, nothing is changed, and looking goes on", async (_, fault) => {
    const world = await aWorldOfAllKinds(dialect);
    const before = await stateOf(world);
    world.sim.slack.faults.add({ route: "POST /slack/api/users.info", fault });

    for (const text of CHANGES) expect(await world.conf(isabelle.id, text), text).toMatch(/could not tell me who/);
    const [alert] = alertsIn(world).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));
    expect(await click(world, isabelle.id, alert, actionIds.resetLockout)).toMatch(/could not tell me who/);
    for (const text of LOOKS) expect(await world.conf(isabelle.id, text), text).not.toMatch(/could not tell/);

    expect(await stateOf(world)).toBe(before);
  });
});

describe.each(DIALECTS)("T28: a button, on %s", (dialect) => {
  it("pressed in somebody else's name by a request made from a moderator's does what that other may: nothing", async () => {
    const world = await aWorldOfAllKinds(dialect);
    await world.sim.slack.updateUser(celeste.id, { phone: celeste.number });
    await world.conf(isabelle.id, "add @celeste");
    const offer = world.sim.slack.ephemerals(OPS, isabelle.id).at(-1);
    await click(world, isabelle.id, offer, actionIds.cancelOffer);
    const before = await stateOf(world);
    const value = JSON.stringify(offer?.blocks).match(/"value":"((?:[^"\\]|\\.)*)"/)?.[1] ?? "";
    const payload: unknown = JSON.parse(
      new URLSearchParams(world.sim.slack.requests().at(-1)?.body).get("payload") ?? "",
    );

    for (const { userId } of Object.values(REFUSED).filter((one) => one.userId !== isabelle.id)) {
      const forged = {
        ...(payload as Record<string, unknown>),
        user: { id: userId, username: "x", name: "x", team_id: "T0EXAMPLE1" },
        actions: [
          {
            type: "button",
            action_id: actionIds.addOfferedNumber,
            block_id: "b",
            value: JSON.parse(`"${value}"`),
            action_ts: "1.2",
          },
        ],
      };
      expect((await world.sim.slack.interaction(forged)).status).toBe(200);
      await world.clock.idle();
    }

    expect(await stateOf(world)).toBe(before);
  });

  it("in one channel's alert resets nobody of another channel", async () => {
    const world = await aWorldOfAllKinds(dialect);
    const [alert] = alertsIn(world, PRIVATE).filter(({ blocks }) => JSON.stringify(blocks).includes("Reset"));
    await click(world, celeste.id, alert, actionIds.resetLockout);
    const body = world.sim.slack.requests().at(-1)?.body ?? "";
    const before = await stateOf(world);
    await world.conf(celeste.id, `add @isabelle ${isabelle.number}`, BOARD);
    const withBoard = await stateOf(world);
    expect(withBoard).not.toBe(before);

    await world.sim.slack.request(body.replaceAll(PRIVATE, BOARD));
    await world.clock.idle();

    expect(await stateOf(world)).toBe(withBoard);
  });
});

describe.each(DIALECTS)("where there is no conference to be had, on %s", (dialect) => {
  it("refuses every command with the way out: in a direct message, and where the app is not in", async () => {
    const world = await aWorld(dialect);
    const { slack } = world.sim;
    slack.addChannel({ id: DM, name: "", isIm: true, appIsIn: true, members: ["U0ADMIN"] });
    slack.addChannel({ id: "G0CLUB", name: "club", isPrivate: true, members: ["U0ADMIN"] });
    await world.setUp();
    const before = await stateOf(world);

    for (const text of [...LOOKS, ...CHANGES]) {
      expect(await world.conf("U0ADMIN", text, DM), text).toMatch(/A conference belongs to a channel/);
      expect(await world.conf("U0ADMIN", text, HALL), text).toMatch(/not in this channel[\s\S]*\/invite @Confline/);
      expect(await world.conf("U0ADMIN", text, "G0CLUB"), text).toMatch(/not in this channel[\s\S]*\/invite @Confline/);
    }

    expect(await stateOf(world)).toBe(before);
  });

  it("takes commands as soon as the app is invited, and no more once it is put out", async () => {
    const world = await aWorld(dialect);
    await world.sim.slack.inviteApp(HALL);
    expect(await world.conf(isabelle.id, `add @tommy ${tommy.number}`, HALL)).toMatch(/Added tommy/);

    world.sim.slack.kickApp(HALL);
    expect(await world.conf(isabelle.id, "remove @tommy", HALL)).toMatch(/\/invite @Confline/);
  });
});
