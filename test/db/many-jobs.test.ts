import { expect, it } from "vitest";
import { claimJobs, findNextJob, finishJob } from "../../src/db/jobs.ts";
import { listOpenSeriesAfter } from "../../src/db/time-zone-data.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { watch } from "../support/watched-queries.ts";

const JOBS = {
  table: "jobs",
  columns: "key, team_id, kind, subject_id, run_at",
  values: `'run-series/' || n, '${TEAM}', 'run-series', n, ${NOON} + n * 60000`,
  count: 20_000,
};

describeOnBoth("with many scheduled calls", (databases) => {
  it("the scheduler finds what is due, takes it and puts it back without looking through all jobs", async () => {
    const migrated = await databases.open();
    await migrated.close();
    const { tx, plans, close } = await watch(databases.location(), JOBS);
    try {
      expect(await findNextJob(tx)).toBe(NOON + 60_000);
      const [job] = await claimJobs(tx, NOON + 60_000, 20_000, 20);
      if (job !== undefined) await finishJob(tx, job, NOON + 60_000);
      await listOpenSeriesAfter(tx, "", 20);

      const found = await plans();
      expect(found).toHaveLength(4);
      expect(found.filter((plan) => !/index/i.test(plan) || /seq scan on jobs|^scan jobs/im.test(plan))).toEqual([]);
    } finally {
      await close();
    }
  });
});
