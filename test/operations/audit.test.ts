import { beforeEach, expect, it } from "vitest";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { changeRole } from "../../src/operations/change-role.ts";
import { moveAlerts, setGrace } from "../../src/operations/change-settings.ts";
import { endGrace } from "../../src/operations/end-grace.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import { aConference, aNumber, anActor, aPerson, MABELS_NUMBER, MINUTE } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const [MABEL, ISABELLE] = [1, 2];
const ISABELLES_NUMBER = aNumber("+12025550110");
const MABEL_BY_NAME = { kind: "name", name: "Mabel" } as const;
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: ISABELLES_NUMBER,
});
const tommy = {
  person: { kind: "user", userId: "U0TOMMY", name: "Tommy" },
  phoneNumber: aNumber("+12025550111"),
  role: null,
} as const;

const CHANGES: [string, (scene: Scene) => Promise<unknown>, string[]][] = [
  [
    "the first addition in a channel",
    ({ line }) => addToRoster(line, { ...aRequest("C0NEW"), title: "new", addition: tommy }),
    ["conference-created", "person-added"],
  ],
  ["an addition", ({ line }) => addToRoster(line, { ...aRequest(), title: "ops", addition: tommy }), ["person-added"]],
  [
    "an update",
    ({ line }) =>
      addToRoster(line, {
        ...aRequest(),
        title: "ops",
        addition: { ...tommy, person: { kind: "user", userId: "U0MABEL", name: "Mabel" } },
      }),
    ["person-updated"],
  ],
  ["a removal", ({ line }) => removeFromRoster(line, { ...aRequest(), person: MABEL_BY_NAME }), ["person-removed"]],
  [
    "a change of role",
    ({ line }) => changeRole(line, { ...aRequest(), person: MABEL_BY_NAME, role: "moderator" }),
    ["role-changed"],
  ],
  ["a setting", ({ line }) => setGrace(line, { ...aRequest(), graceSeconds: 5 }), ["setting-changed"]],
  [
    "the move of the alerts",
    ({ line }) => moveAlerts(line, { ...aRequest(), actor: anActor({ isAdmin: true }) }),
    ["alerts-moved"],
  ],
  ["a reset", ({ line }) => resetLockout(line, { ...aRequest(), person: MABEL_BY_NAME }), ["lockout-reset"]],
  ["a stranger's call", ({ dial }) => dial(1, aNumber("+12025550199")), ["call-received"]],
  ["a call from the roster", ({ dial }) => dial(MABEL), ["call-received", "code-sent"]],
  [
    "a wrong code",
    async ({ dial, keyWrong }) => (await dial(MABEL), keyWrong(MABEL)),
    ["call-received", "code-sent", "code-wrong"],
  ],
  [
    "a hang-up at the prompt",
    async ({ dial, hangUp }) => (await dial(MABEL), hangUp(MABEL)),
    ["call-received", "code-sent", "caller-hung-up"],
  ],
  [
    "three tries",
    async ({ dial, keyWrong }) => (await dial(MABEL), await keyWrong(MABEL), await keyWrong(MABEL), keyWrong(MABEL)),
    ["call-received", "code-sent", "code-wrong", "code-wrong", "code-wrong", "caller-turned-away"],
  ],
  [
    "an admission, a start and an end",
    async ({ join, hangUp }) => (await join(ISABELLE, ISABELLES_NUMBER), hangUp(ISABELLE)),
    [
      ...["call-received", "code-sent", "code-right", "session-opened", "caller-admitted"],
      ...["joined", "session-started", "left", "session-ended"],
    ],
  ],
];

describeOnBoth("the audit", (databases) => {
  let scene: Scene;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson());
    scene = aScene(db);
  });

  it.each(CHANGES)("has %s", async (_what, change, kinds) => {
    await change(scene);

    expect((await scene.events()).map(({ kind }) => kind)).toEqual(kinds);
  });

  it("has the grace time, its end by a moderator, and the end of a session by nobody", async () => {
    await scene.join(MABEL);
    await scene.join(ISABELLE, ISABELLES_NUMBER);
    await scene.hangUp(ISABELLE);
    await scene.join(3, ISABELLES_NUMBER);
    await scene.hangUp(3);
    await scene.clock.advance(MINUTE);
    await endGrace(scene.line, (await scene.sessions())[0]?.id ?? "");
    const kinds = (await scene.events()).map(({ kind }) => kind).filter((kind) => /grace|ended/.test(kind));

    expect(kinds).toEqual(["grace-started", "grace-ended", "grace-started", "session-ended"]);
  });

  it("has who did it, and two digits of a number at most", async () => {
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition: tommy });
    await scene.dial(MABEL);
    await scene.keyWrong(MABEL);
    await scene.keyCode(MABEL);
    const events = await scene.events();

    expect(events[0]).toMatchObject({ actorUserId: "U0ISABELLE", detail: { role: "participant", number: "11" } });
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`${MABELS_NUMBER.slice(-6)}|550111|4711|999999`));
  });

  it.each<[string, (scene: Scene) => Promise<unknown>]>([
    [
      "somebody who may not",
      ({ line }) => setGrace(line, { ...aRequest(), actor: anActor({ userId: "U0MABEL" }), graceSeconds: 5 }),
    ],
    ["somebody unknown", ({ line }) => removeFromRoster(line, { ...aRequest(), actor: null, person: MABEL_BY_NAME })],
    [
      "a number that is taken",
      ({ line }) =>
        addToRoster(line, { ...aRequest(), title: "ops", addition: { ...tommy, phoneNumber: MABELS_NUMBER } }),
    ],
    [
      "the last moderator",
      ({ line }) =>
        changeRole(line, { ...aRequest(), person: { kind: "name", name: "Isabelle" }, role: "participant" }),
    ],
    ["nobody's name", ({ line }) => removeFromRoster(line, { ...aRequest(), person: { kind: "name", name: "Redd" } })],
  ])("has nothing of what was refused: %s", async (_what, change) => {
    await change(scene);

    expect(await scene.events()).toEqual([]);
  });

  it("has one row of a request that Slack delivers twice", async () => {
    const request = { ...aRequest(), graceSeconds: 5 };
    const first = await setGrace(scene.line, request);
    const second = await setGrace(scene.line, request);

    expect([first.kind, second.kind]).toEqual(["set", "repeat"]);
    expect(await scene.events()).toHaveLength(1);
  });
});
