import { schedule } from "../db/jobs.ts";
import { listOpenSessions } from "../db/sessions.ts";
import type { Line } from "./line.ts";

/** The first look at what is old: not while the service starts, when people may be waiting for it. */
const FORGET_AFTER_MS = 3_600_000;

/** After a restart every live session is compared with Twilio at once, and silent calls are looked for again. */
export async function watchLiveCalls({ db, clock, teamId }: Line): Promise<void> {
  await db.write(async (tx) => {
    const runAt = clock.now();
    await schedule(tx, { teamId, kind: "look-for-silent-legs", subjectId: "line", runAt }, true);
    await schedule(tx, { teamId, kind: "forget-old", subjectId: "line", runAt: runAt + FORGET_AFTER_MS });
    for (const { id, teamId: owner } of await listOpenSessions(tx)) {
      await schedule(tx, { teamId: owner, kind: "reconcile", subjectId: id, runAt }, true);
    }
  });
}
