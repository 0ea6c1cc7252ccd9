/** What the log of a conference can tell. */
export type LogKind =
  | "conference-created"
  | "person-added"
  | "person-updated"
  | "person-removed"
  | "role-changed"
  | "lockout-reset"
  | "setting-changed"
  | "alerts-moved"
  | "call-received"
  | "code-sent"
  | "code-wrong"
  | "code-right"
  | "caller-turned-away"
  | "caller-hung-up"
  | "caller-admitted"
  /** Verified, and nothing to enter now: they heard when the next call is. */
  | "caller-too-early"
  /** We called somebody, and what came of it. */
  | "call-placed"
  | "call-out-over"
  | "joined"
  | "left"
  | "stranger-removed"
  /** A moderator put somebody off the call, who stays on the roster. */
  | "taken-off"
  | "session-opened"
  | "session-started"
  | "grace-started"
  | "grace-ended"
  | "session-ended"
  | "call-scheduled"
  | "call-changed"
  | "call-cancelled";

/** Words and figures that a log line adds; never a whole number, a code or a token. */
export type LogDetail = Record<string, string | number | boolean | null>;
