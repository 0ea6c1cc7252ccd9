import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { nextOccurrences } from "../../src/conference/upcoming.ts";
import { holdSession } from "../../src/db/sessions.ts";
import { answerInvitation } from "../../src/operations/answer-invitation.ts";
import { callMe } from "../../src/operations/call-me.ts";
import { cancelSeries } from "../../src/operations/cancel-series.ts";
import { loadSeries } from "../../src/operations/load-series.ts";
import { endSession } from "../../src/operations/reconsider-session.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { replan } from "../../src/operations/replan.ts";
import { runSeries } from "../../src/operations/run-series.ts";
import { scheduleCall } from "../../src/operations/schedule-call.ts";
import { tellMissing } from "../../src/operations/tell-missing.ts";
import { aConference, anActor } from "../support/builders.ts";
import { onPostgres } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { aPlan, NUMBERS, people } from "./call-scene.ts";
import { type TwoNodes, twoNodes } from "./held.ts";
import { aRequest, type Scene } from "./scene.ts";

const FIVE_BEFORE = Date.parse("2026-11-23T13:55:00Z");
const STARTS_AT = Date.parse("2026-11-23T14:00:00Z");

describeOnPostgres("a scheduled call, on two nodes at once", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;
  let seriesId: string;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), ...Object.values(people));
    const scheduled = await scheduleCall(nodes.here.line, { ...aRequest(), plan: aPlan(), invited: null });
    seriesId = scheduled.kind === "scheduled" ? scheduled.series.id : "";
  });

  const removeMabel = ({ line }: Scene) =>
    removeFromRoster(line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
  const cancel = ({ line }: Scene) =>
    cancelSeries(line, { ...aRequest(), seriesId, cancel: { extent: "all", day: null } });
  const replanAll = ({ line }: Scene) => replan(line, "2099z", () => false);
  const mabel = { key: "a-click", actor: anActor({ userId: "U0MABEL", name: "Mabel" }) };
  const told = (kind: "reminder" | "missing") =>
    nodes.here.db.read(async ({ q, t }) =>
      (await q.select().from(t.messages).where(eq(t.messages.kind, kind))).map(({ channelId }) => channelId),
    );
  /** As if its zone had got new rules. */
  const moveItsJob = () => nodes.here.db.write(({ q, t }) => q.update(t.jobs).set({ runAt: FIVE_BEFORE + 1 }));
  const series = () => nodes.here.db.read((reader) => loadSeries(reader, seriesId)).then((loaded) => loaded.series);

  it("reminds nobody whose removal is under way", async () => {
    const { here, there, cross } = nodes;
    here.clock.jump(FIVE_BEFORE - here.clock.now());
    await cross(
      () => removeMabel(there),
      () => runSeries(here.line, seriesId),
    );

    expect((await told("reminder")).toSorted()).toEqual(["C0OPS", "U0CELESTE", "U0ISABELLE", "U0TOMMY"]);
  });

  it("takes no answer of somebody whose removal is under way", async () => {
    const { here, there, cross } = nodes;
    const [, answered] = await cross(
      () => removeMabel(there),
      () => answerInvitation(here.line, mabel, { seriesId, answer: "yes" }),
    );

    expect(answered).toMatchObject({ kind: "not-on-roster" });
  });

  it("is not planned anew when it is just being cancelled", async () => {
    const { here, there, cross } = nodes;
    await moveItsJob();
    await cross(
      () => cancel(there),
      () => replanAll(here),
    );

    expect((await here.jobs()).filter(({ kind }) => kind === "run-series")).toEqual([]);
  });

  it("is newer for every change, though it is cancelled while it is planned anew", async () => {
    const { here, there, cross } = nodes;
    await moveItsJob();
    const { sequence } = await series();
    await cross(
      () => replanAll(there),
      () => cancel(here),
    );

    expect((await series()).sequence).toBe(sequence + 2);
  });

  async function anOpenSession(): Promise<string> {
    await nodes.here.join(1, NUMBERS.isabelle);
    return (await nodes.here.sessions())[0]?.id ?? "";
  }

  const end = ({ db, clock }: Scene, sessionId: string) =>
    db.write(async (tx) => endSession(tx, await holdSession(tx, sessionId), "everyone-left", clock.now()));

  it("calls nobody who asks for it while the session ends", async () => {
    const { here, there, cross } = nodes;
    const sessionId = await anOpenSession();
    const [, called] = await cross(
      () => end(there, sessionId),
      () => callMe(here.line, mabel, { sessionId }),
    );

    expect(called).toEqual({ kind: "over" });
  });

  it("tells nobody that they are missing while the session ends", async () => {
    const { here, there, cross } = nodes;
    const sessionId = await anOpenSession();
    const loaded = await here.db.read((reader) => loadSeries(reader, seriesId));
    const [occurrence] = nextOccurrences(loaded.series, [], here.clock.now(), 1);
    if (occurrence === undefined) throw new Error("it has no call");
    await cross(
      () => end(there, sessionId),
      () => here.db.write((tx) => tellMissing(tx, here.line, loaded, occurrence, here.clock.now())),
    );

    expect(await told("missing")).toEqual([]);
  });

  it("changes nothing of its session when it is cancelled while that ends", async () => {
    const { here, there, cross } = nodes;
    here.clock.jump(STARTS_AT - here.clock.now());
    await runSeries(here.line, seriesId);
    const [opened] = await here.sessions();
    await cross(
      () => end(there, opened?.id ?? ""),
      () => cancel(here),
    );

    expect(opened?.expectedUntil).toBeGreaterThan(STARTS_AT);
    expect(await here.sessions()).toMatchObject([{ id: opened?.id, expectedUntil: opened?.expectedUntil }]);
  });
});
