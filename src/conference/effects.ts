/**
 * All that we promise Slack or Twilio.
 *
 * An effect names what it is about, never what to say: its deliverer renders what is true when it is sent.
 */
export type Effect =
  | { kind: "show-message"; messageId: string; channelId: string }
  /** Ends one call. */
  | { kind: "end-call"; callSid: string }
  /** Ends the Twilio conferences of a session: its calls in the keypad menu hear of the end when they come back. */
  | { kind: "end-session"; sessionId: string }
  /** Says something to everybody in the room. */
  | { kind: "announce"; sessionId: string; announcement: Announcement }
  /** Fetches a leg out of the waiting room and in again, because its role changed. */
  | { kind: "rejoin"; callSid: string }
  /** Calls somebody; `attempt` counts from 1. */
  | { kind: "place-call"; dialOutId: string; attempt: number };

export type Announcement = "moderator-left" | "moderator-back";
