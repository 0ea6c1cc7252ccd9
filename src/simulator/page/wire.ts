import type { JsonObject } from "../slack/json.ts";
import type { Phone, World } from "./wire-world.ts";

/** What the control API says, and the page shows. Instants are epoch milliseconds on the simulator's clock. */

export type User = {
  id: string;
  name: string;
  realName: string;
  title?: string;
  /** IANA name. */
  tz?: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  isBot?: boolean;
  deleted?: boolean;
};

export type Channel = {
  id: string;
  name: string;
  isPrivate?: boolean;
  members: string[];
  appIsIn?: boolean;
  archived?: boolean;
  isIm?: boolean;
};

export type Message = {
  channelId: string;
  ts: string;
  at: number;
  userId: string;
  /** Raw: mrkdwn, entities and all. */
  text: string;
  blocks: JsonObject[];
  threadTs: string | null;
  isBroadcast: boolean;
  /** Whom an ephemeral message is shown to; null when everybody in the channel sees it. */
  visibleTo: string | null;
  editedAt: number | null;
};

/** A modal or a home tab, as Slack's own API shows it. */
export type View = JsonObject & { id: string };

export type Workspace = { app: { userId: string; name: string }; users: User[]; channels: Channel[] };

export type SlackState = Workspace & {
  messages: Message[];
  /** The modals that each person has open, the one in front last. */
  modals: { [userId: string]: View[] };
  homes: { [userId: string]: View };
};

export type Call = {
  callSid: string;
  number: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  state: string;
  heard: string[];
};

export type Conference = {
  sid: string;
  name: string;
  status: string;
  participants: { callSid: string; label: string | null; muted: boolean; hold: boolean; joinedAt: number }[];
};

export type TwilioState = { calls: Call[]; conferences: Conference[] };

export type ClockState = { now: number; isManual: boolean };

/** GET /control/state */
export type Snapshot = {
  now: number;
  clock: ClockState;
  twilio: TwilioState;
  slack: SlackState;
  phones: Phone[];
  world: World;
};

/** `event: slack` of /control/events: those that change what is shown. */
export type SlackChange =
  | { kind: "posted" | "updated" | "deleted"; message: Message }
  | { kind: "view-opened" | "view-updated"; userId: string; view: View | null }
  | { kind: "view-closed"; userId: string; viewId: string }
  | { kind: "home-published"; userId: string; view: View | null }
  | { kind: "command" | "clicked" | "submitted" | "delivered" | "called" };

/** `event: twilio` */
export type TwilioChange = {
  kind: string;
  number: string;
  callSid: string | null;
  at: number;
  text?: string;
  call: Call | null;
  conferences: Conference[];
};

/** `event: line`: what calls that are not over do, and who is in which conference. */
export type LineState = { calls: Pick<Call, "callSid" | "status" | "state">[]; conferences: Conference[] };

/** What came of a command, a click or a shortcut. */
export type Outcome = { error: "operation_timeout" | "dispatch_failed" | null };

export type SubmitOutcome = Outcome & {
  result: "closed" | "cleared" | "updated" | "pushed" | "errors" | "failed";
  errors: { [blockId: string]: string };
};
