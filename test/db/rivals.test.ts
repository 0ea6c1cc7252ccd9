import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { insertLeg } from "../../src/db/call-legs.ts";
import type { Database } from "../../src/db/database.ts";
import { claimNumber, releaseNumber, takeNumber } from "../../src/db/phone-numbers.ts";
import { holdConference } from "../../src/db/roster.ts";
import { claimStep } from "../../src/db/voice-steps.ts";
import { aConference, aLeg, MABELS_NUMBER, NOON, TEAM } from "../support/builders.ts";
import { type Cross, openCrossing } from "../support/crossing.ts";
import { onPostgres, runSql, sow } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";

const RIVALS = 8;

/** Comes when everybody has. */
function aMeetingOf(parties: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => (open = resolve));
  let missing = parties;
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return complete;
  };
}

describeOnPostgres("transactions of PostgreSQL that get in each other's way", () => {
  const databases = onPostgres();
  let here: Database;
  let there: Database;
  let cross: Cross;

  beforeEach(async () => {
    ({ here, there, cross } = await openCrossing(databases));
  });

  it("both come through when each has a row that the other waits for, and one was run again", async () => {
    await sow(here, aConference());
    await sow(here, aConference({ id: "conf-dev", channelId: "C0DEV" }));
    const haveOneEach = aMeetingOf(2);
    const takeBoth = (node: Database, first: string, second: string, rival: () => Promise<unknown>) => {
      let runs = 0;
      return node.write(async (tx) => {
        runs += 1;
        // Quicker than who was waiting, it would get in their way anew.
        if (runs > 1) await rival();
        await holdConference(tx, first);
        await haveOneEach();
        await holdConference(tx, second);
        return runs;
      });
    };
    const rivals: Promise<number>[] = [];
    rivals.push(takeBoth(here, "conf-ops", "conf-dev", async () => rivals[1]));
    rivals.push(takeBoth(there, "conf-dev", "conf-ops", async () => rivals[0]));

    expect(new Set(await Promise.all(rivals))).toEqual(new Set([1, 2]));
  });

  it("both come through where the server's own strictness undoes the second", async () => {
    await sow(here, aConference());
    const location = databases.location();
    const url = location.kind === "postgres" ? location.url : "";
    const alter = (change: string) => runSql(url, `alter database ${new URL(url).pathname.slice(1)} ${change}`);
    onTestFinished(async () => void (await alter("reset default_transaction_isolation")));
    await alter("set default_transaction_isolation to 'repeatable read'");
    const strict = await openCrossing(databases);
    const hold = (node: Database) => node.write((tx) => holdConference(tx, "conf-ops"));
    await strict.cross(
      () => hold(strict.there),
      () => hold(strict.here),
    );

    expect(strict.runs).toEqual({ wanted: 2, made: 3 });
  });

  it.each([
    ["a rivalry that never ends is given up", "40P01", 4],
    ["what fails for another reason is not run again", "23505", 1],
  ])("%s", async (_what, code, times) => {
    let runs = 0;
    const failing = here.write(async () => {
      runs += 1;
      throw Object.assign(new Error("undone"), { code });
    });

    await expect(failing).rejects.toThrow("undone");
    expect(runs).toBe(times);
  });

  /** Many at once, who all have looked before the first of them may act. */
  async function race<T>(holder: () => Promise<unknown>, rival: (n: number) => Promise<T>): Promise<T[]> {
    const rivals = Array.from({ length: RIVALS }, (_, n) => () => rival(n));
    const [, ...outcomes] = await cross<[unknown, ...T[]]>(holder, ...rivals);
    return outcomes;
  }

  describe("of which one only", () => {
    it("gets a number that is known and free", async () => {
      const claim = (holder: string) => here.write((tx) => claimNumber(tx, TEAM, MABELS_NUMBER, holder, NOON, 5000));
      await claim("CA0/1");
      await here.write((tx) => releaseNumber(tx, TEAM, MABELS_NUMBER, "CA0/1"));
      const claimed = await race(
        () => there.write((tx) => takeNumber(tx, TEAM, MABELS_NUMBER)),
        (n) => claim(`CA${n}/2`),
      );

      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it("takes over a step from a worker that died", async () => {
      const step = { teamId: TEAM, callSid: aLeg().callSid, step: 3 };
      await here.write((tx) => insertLeg(tx, aLeg()));
      const claims = await race(
        () => there.write((tx) => claimStep(tx, step, NOON, 6000)),
        () => here.write((tx) => claimStep(tx, step, NOON + 6000, 6000)),
      );

      expect(claims.filter(({ kind }) => kind === "first")).toHaveLength(1);
    });
  });
});
