import type { Conference, Participant } from "../conference/roster.ts";
import type { Tx } from "../db/database.ts";
import { listFormerAndPresent } from "../db/roster.ts";
import { listOpenSeries, updateSeries } from "../db/series.ts";
import { showStanding } from "./show-standing.ts";

/**
 * Has a Slack user who was taken off a roster and came back be invited to what they were invited to before, and their
 * messages say so. Of who is known by name only, nobody knows whether it is the same person.
 */
export async function inviteAgain(
  tx: Tx,
  { id, channelId }: Pick<Conference, "id" | "channelId">,
  { id: personId, slackUserId }: Participant,
  now: number,
): Promise<void> {
  if (slackUserId === null) return;
  const people = await listFormerAndPresent(tx, id);
  const former = people.filter((one) => one.slackUserId === slackUserId && one.id !== personId);
  const isFormer = (participantId: string) => former.some((one) => one.id === participantId);
  if (former.length === 0) return;
  for (const series of await listOpenSeries(tx, id)) {
    const { inviteeIds } = series;
    if (inviteeIds !== null) {
      if (!inviteeIds.some(isFormer)) continue;
      const others = inviteeIds.filter((participantId) => !isFormer(participantId));
      await updateSeries(tx, series.id, { inviteeIds: [...others, personId] });
    }
    await showStanding(tx, series, channelId, slackUserId, now);
  }
}
