import type { Person } from "../conference/message-content.ts";
import { maskPhoneNumber, type PhoneNumber } from "../conference/phone-number.ts";
import type { Role } from "../conference/roster.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { listLockoutsOfConference } from "../db/lockouts.ts";
import { listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

export type RosterEntry = Person & { role: Role; maskedNumber: string | null; isLocked: boolean };

/** The roster of a channel's conference; null without one. */
export async function showRoster(
  line: Line,
  channelId: string,
): Promise<{ title: string; people: RosterEntry[] } | null> {
  return readConference(line, channelId, async (reader, conference) => {
    const roster = await listRoster(reader, conference.id);
    const lockouts = await listLockoutsOfConference(reader, conference.id);
    const isLockedNow = (number: PhoneNumber | null) =>
      number !== null && isLocked(lockouts.get(number) ?? NO_FAILURES, line.clock.now());
    const people = roster.map(({ name, slackUserId, role, phoneNumber }) => ({
      name,
      slackUserId,
      role,
      maskedNumber: phoneNumber === null ? null : maskPhoneNumber(phoneNumber),
      isLocked: isLockedNow(phoneNumber),
    }));
    return { title: conference.title, people };
  });
}
