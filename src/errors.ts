export type AppErrorCode =
  /** The database file is in use by another process. */
  | "database_in_use"
  /** A row that must exist does not: its id came from outside, or it was deleted meanwhile. */
  | "not_found"
  /** Slack or Twilio did not answer, or said "later". */
  | "unavailable";

/**
 * A failure we expect and can name. Everything else is a bug and stays a plain Error.
 *
 * `message` is for the log; what a person reads is chosen at the edge, from `code`.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
