import { z } from "zod";
import type { RoomEvent } from "../conference/attendance.ts";

const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .optional();

const RoomForm = z.object({
  ConferenceSid: z.string().regex(/^CF[0-9a-fA-F]{32}$/),
  FriendlyName: z.string().min(1).max(128),
  SequenceNumber: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  StatusCallbackEvent: z.string().max(64),
  Timestamp: z.string().max(64).optional(),
  CallSid: z
    .string()
    .regex(/^CA[0-9a-fA-F]{32}$/)
    .optional(),
  Muted: flag,
  Hold: flag,
});

const KINDS: ReadonlyMap<string, RoomEvent["kind"]> = new Map([
  ["participant-join", "join"],
  ["participant-leave", "leave"],
  ["participant-mute", "mute"],
  ["participant-unmute", "unmute"],
  ["participant-hold", "hold"],
  ["participant-unhold", "unhold"],
  ["conference-start", "start"],
  ["conference-end", "end"],
]);

/**
 * Reads a conference status callback.
 *
 * @param now stands in for a timestamp that is missing or no date
 * @see https://www.twilio.com/docs/voice/twiml/conference
 */
export function readRoomEvent(body: unknown, now: number): { sessionName: string; event: RoomEvent } {
  const form = RoomForm.parse(body);
  const sentAt = Date.parse(form.Timestamp ?? "");
  return {
    sessionName: form.FriendlyName,
    event: {
      conferenceSid: form.ConferenceSid,
      sequenceNumber: form.SequenceNumber,
      kind: KINDS.get(form.StatusCallbackEvent) ?? "other",
      callSid: form.CallSid ?? null,
      muted: form.Muted ?? null,
      onHold: form.Hold ?? null,
      at: Number.isNaN(sentAt) ? now : sentAt,
    },
  };
}
