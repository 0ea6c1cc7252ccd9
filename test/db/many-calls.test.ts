import { expect, it } from "vitest";
import { listOverlappingLegs, listVerifyingLegs } from "../../src/db/call-legs.ts";
import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import { aLeg, NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
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

describeOnBoth("with many calls in the past", (databases) => {
  it("who else calls from a number, and who is verifying, are found without looking through them", async () => {
    const migrated = await databases.open();
    await migrated.close();
    const { tx, plans, close } = await watch(databases.location(), CALLS);
    try {
      const leg = aLeg({ callSid: "CA0", teamId: TEAM, phoneNumber: NUMBER, startedAt: NOON - 2.75 * MINUTE_MS });
      const rivals = await listOverlappingLegs(tx, leg, NOON - 60 * MINUTE_MS);
      expect(rivals.map(({ callSid }) => callSid)).toEqual(["CA1", "CA2", "CA3"]);
      expect(await listVerifyingLegs(tx, TEAM)).toEqual([]);

      const found = await plans();
      expect(found).toHaveLength(3);
      expect(found.filter((plan) => !/call_legs_(open|ended)/.test(plan))).toEqual([]);
    } finally {
      await close();
    }
  });
});
