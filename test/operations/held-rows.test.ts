import { expect, it, vi } from "vitest";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { aConference, aNumber, aPerson } from "../support/builders.ts";
import { onPostgres, runSql, sow } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { aRequest, aScene } from "./scene.ts";

const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});
const WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

describeOnPostgres("an admission beside a removal that another node has not committed yet", () => {
  const databases = onPostgres();

  it("waits for it, and lets nobody in", async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson());
    const here = aScene(db);
    const there = aScene(await databases.open(), here);
    const location = databases.location();
    const url = location.kind === "postgres" ? location.url : "";
    await here.finish(here.dial(1));

    let commit = (): void => undefined;
    let reachEnd = (): void => undefined;
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    const atItsEnd = new Promise<void>((resolve) => (reachEnd = resolve));
    const held: typeof there.line.db.write = (work) =>
      there.db.write(async (tx) => {
        const result = await work(tx);
        reachEnd();
        await mayCommit;
        return result;
      });
    const line = { ...there.line, db: { ...there.line.db, write: held } };
    const removal = removeFromRoster(line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
    await atItsEnd;

    let isAnswered = false;
    const admission = here.keyCode(1).finally(() => (isAnswered = true));
    await vi.waitFor(async () => expect(isAnswered || (await runSql(url, WAITING)).length > 0).toBe(true));
    commit();

    expect((await removal).kind).toBe("removed");
    expect(await admission).toMatchObject({ kind: "turn-away", reason: "removed" });
  });
});
