import { beforeEach, expect, it } from "vitest";
import type { RoomEvent } from "../../src/conference/attendance.ts";
import type { Database } from "../../src/db/database.ts";
import { insertRoomEvent, insertSession, listRoomEvents } from "../../src/db/sessions.ts";
import { aConference, aConferenceSid, aRoomEvent, NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";

describeOnBoth("what Twilio tells of a room", (databases) => {
  let db: Database;

  beforeEach(async () => {
    db = await databases.open();
    await sow(db, aConference());
    await db.write((tx) =>
      insertSession(tx, {
        ...{ id: "session-1", teamId: TEAM, conferenceId: "conf-ops", name: "room", openedAt: NOON, startedAt: null },
        ...{ graceUntil: null, endedAt: null, endReason: null, seriesId: null, day: null, expectedUntil: null },
      }),
    );
  });

  const note = (event: Partial<RoomEvent>) =>
    db.write((tx) => insertRoomEvent(tx, { teamId: TEAM, sessionId: "session-1" }, aRoomEvent(event)));
  const noted = async () => (await db.read((reader) => listRoomEvents(reader, "session-1"))).length;

  it("is noted once, however often it is told", async () => {
    expect(await note({ sequenceNumber: 1 })).toBe(true);
    expect(await note({ sequenceNumber: 1 })).toBe(false);
    expect(await note({ sequenceNumber: 1, kind: "leave", at: NOON + 1 })).toBe(false);
    expect(await noted()).toBe(1);
  });

  it("is another under another number, or of another of Twilio's conferences", async () => {
    expect(await note({ sequenceNumber: 1 })).toBe(true);
    expect(await note({ sequenceNumber: 2 })).toBe(true);
    expect(await note({ sequenceNumber: 1, conferenceSid: aConferenceSid(2) })).toBe(true);
    expect(await noted()).toBe(3);
  });
});
