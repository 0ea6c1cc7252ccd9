import { beforeEach, expect, it } from "vitest";
import type { Tx } from "../../src/db/database.ts";
import { findDialOutOfPerson, listDialOuts } from "../../src/db/dial-outs.ts";
import { saveLockout } from "../../src/db/lockouts.ts";
import { holdConference } from "../../src/db/roster.ts";
import { holdSession } from "../../src/db/sessions.ts";
import { answerDialed } from "../../src/operations/answer-dialed.ts";
import { callPeople } from "../../src/operations/call-people.ts";
import { joinByKey } from "../../src/operations/join-by-key.ts";
import { touchCardOf } from "../../src/operations/note-dial-out.ts";
import { placeCall } from "../../src/operations/place-call.ts";
import { endSession } from "../../src/operations/reconsider-session.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { aConference, aNumber, aPerson, HOUR, MABELS_NUMBER, NOON, TEAM } from "../support/builders.ts";
import { onPostgres } from "../support/databases.ts";
import { aPlacedCallSid } from "../support/fakes.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { isabelle, judged, type TwoNodes, twoNodes } from "./held.ts";
import { aRequest, type Scene } from "./scene.ts";

const [ISABELLES_CALL, MABELS_OWN_CALL] = [1, 2];
const tommy = aPerson({ id: "tommy", name: "Tommy", slackUserId: "U0TOMMY", phoneNumber: aNumber("+12025550111") });

describeOnPostgres("people whom one node calls, beside another node", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;
  let sessionId: string;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), isabelle, aPerson({ id: "mabel" }), tommy);
    const { here } = nodes;
    await here.join(ISABELLES_CALL, aNumber("+12025550110"));
    sessionId = (await here.sessions())[0]?.id ?? "";
    const people = ["tommy", "mabel"];
    await here.db.write(async (tx) => callPeople(tx, here.line, await holdSession(tx, sessionId), people, NOON));
  });

  const place = async ({ line, db }: Scene, participantId: string) => {
    const dialOut = await db.read((reader) => findDialOutOfPerson(reader, sessionId, participantId));
    const call = { dialOutId: dialOut?.id ?? "", attempt: 1 };
    return { call, placing: () => placeCall(line, call, () => true) };
  };
  const states = async () =>
    (await nodes.here.db.read((reader) => listDialOuts(reader, sessionId))).map(({ state }) => state);

  /** Mabel's phone rang and she picked up. */
  async function askedToJoin(): Promise<{ callSid: string; step: number }> {
    const { here } = nodes;
    const { call, placing } = await place(here, "mabel");
    await placing();
    const callSid = aPlacedCallSid(1);
    await answerDialed(here.line, { ...call, callSid, to: MABELS_NUMBER }, false);
    return { callSid, step: 1 };
  }

  it("are not let in by their key when they are just being let in by a call of their own", async () => {
    const { here, there, cross } = nodes;
    const step = await askedToJoin();
    await there.dial(MABELS_OWN_CALL);
    const settle = await judged(there, () => there.keyCode(MABELS_OWN_CALL));
    const [own, called] = await cross(settle, () => joinByKey(here.line, step, "1"));

    expect(own.kind).toBe("join");
    expect(called).toEqual({ kind: "good-bye", reason: "ended" });
    expect(await states()).toEqual(["waiting", "not-needed"]);
  });

  it("are not let in by their key when their number is just being locked", async () => {
    const { here, there, cross } = nodes;
    const step = await askedToJoin();
    const key = { teamId: TEAM, conferenceId: "conf-ops", phoneNumber: MABELS_NUMBER };
    const lock = async (tx: Tx) => {
      await holdConference(tx, "conf-ops");
      await saveLockout(tx, key, { failures: 10, lockedUntil: NOON + HOUR });
    };
    const [, answer] = await cross(
      () => there.db.write(lock),
      () => joinByKey(here.line, step, "1"),
    );

    expect(answer).toMatchObject({ kind: "turn-away", reason: "locked-out" });
  });

  const removeMabel = ({ line }: Scene) =>
    removeFromRoster(line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
  const end = ({ db }: Scene) =>
    db.write(async (tx) => endSession(tx, await holdSession(tx, sessionId), "everyone-left", NOON));

  it.each<[string, (scene: Scene) => Promise<unknown>, string[]]>([
    ["the session ends", end, ["not-needed", "not-needed"]],
    ["they are taken off the roster", removeMabel, ["waiting", "not-needed"]],
  ])("are in nobody's way when they are called as %s: PostgreSQL has to undo neither", async (_when, act, after) => {
    const { here, there, cross, runs } = nodes;
    const { placing } = await place(here, "mabel");
    await cross(
      () => there.db.write((tx) => touchCardOf(tx, sessionId, NOON)),
      () => act(here),
      placing,
    );

    expect(await states()).toEqual(after);
    expect(runs.made).toBe(runs.wanted);
  });
});
