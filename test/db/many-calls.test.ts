import { expect, it } from "vitest";
import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import { insertLeg, listOverlappingLegs } from "../../src/db/call-legs.ts";
import type { Tx } from "../../src/db/database.ts";
import { insertConference, insertParticipant, listVerifying, removeParticipant } from "../../src/db/roster.ts";
import { aConference, aLeg, aPerson, NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth, type TestDatabases } from "../support/databases.ts";
import { watch } from "../support/watched-queries.ts";

const NUMBER = "+12025550101" as PhoneNumber;
const MINUTE_MS = 60_000;

/** Every call of the same number, one a minute up to noon, each of half a minute. */
const CALLS = {
  table: "call_legs",
  columns:
    "call_sid, team_id, phone_number, stage, step, tries_used, silent_rounds, started_at, last_news_at, ended_at",
  values: `'CA' || n, '${TEAM}', '${NUMBER}', 'verifying', 1, 0, 0, ${NOON} - n * 60000, ${NOON} - n * 60000 + 30000, ${NOON} - n * 60000 + 30000`,
  count: 20_000,
};

async function withManyCalls(
  databases: TestDatabases,
  work: (tx: Tx, plans: () => Promise<string[]>) => Promise<void>,
) {
  const migrated = await databases.open();
  await migrated.close();
  const { tx, plans, close } = await watch(databases.location(), CALLS);
  try {
    await work(tx, plans);
  } finally {
    await close();
  }
}

const openLeg = (callSid: string, startedAt: number) => aLeg({ callSid, phoneNumber: NUMBER, startedAt });

describeOnBoth("with many calls in the past", (databases) => {
  it("who else called from a number meanwhile is found without looking through them, newest first", async () => {
    await withManyCalls(databases, async (tx, plans) => {
      await insertLeg(tx, openLeg("CA-open", NOON));
      await insertLeg(tx, openLeg("CA-long", NOON - 50 * MINUTE_MS));
      await insertLeg(tx, openLeg("CA-before", NOON - 61 * MINUTE_MS));
      const before = (await plans()).length;
      const rivals = await listOverlappingLegs(tx, openLeg("CA0", NOON - 2.75 * MINUTE_MS), NOON - 60 * MINUTE_MS);

      expect(rivals.map(({ callSid }) => callSid)).toEqual(["CA-open", "CA1", "CA2", "CA3", "CA-long"]);
      const [open, ended] = (await plans()).slice(before);
      expect(open).toMatch(/call_legs_open/);
      expect(ended).toMatch(/SEARCH call_legs USING INDEX call_legs_ended \(ended_at>|Index Cond: \(ended_at >/);
    });
  });

  it("twenty of those who call from one number at once are enough", async () => {
    await withManyCalls(databases, async (tx) => {
      for (let n = 1; n <= 15; n += 1) await insertLeg(tx, openLeg(`CA-open-${n}`, NOON - 30 * MINUTE_MS + n));
      const rivals = await listOverlappingLegs(tx, openLeg("CA0", NOON - 10.75 * MINUTE_MS), NOON - 60 * MINUTE_MS);

      expect(rivals).toHaveLength(20);
      expect(rivals.slice(0, 12).map(({ callSid }) => callSid)).toEqual([
        ...Array.from({ length: 11 }, (_, n) => `CA${n + 1}`),
        "CA-open-15",
      ]);
    });
  });

  it("who of a roster is verifying is found without looking through them", async () => {
    await withManyCalls(databases, async (tx, plans) => {
      const roster = aConference();
      await insertConference(tx, roster, NOON);
      const person = aPerson({ phoneNumber: NUMBER });
      await insertParticipant(tx, TEAM, person, NOON);
      await insertLeg(tx, openLeg("CA-open", NOON));
      await insertLeg(tx, aLeg({ callSid: "CA-of-nobody", phoneNumber: "+12025550199" as PhoneNumber }));
      await insertLeg(tx, { ...openLeg("CA-in", NOON), stage: "admitted" });
      const before = (await plans()).length;

      expect(await listVerifying(tx, roster.id)).toEqual([{ ...person, startedAt: NOON, verdict: null }]);
      expect((await plans()).slice(before).join("\n")).toMatch(/call_legs_open/);
      expect((await plans()).slice(before).join("\n")).not.toMatch(/SCAN call_legs$|Seq Scan on call_legs/m);
      await removeParticipant(tx, person.id, NOON);
      expect(await listVerifying(tx, roster.id)).toEqual([]);
    });
  });
});
