import { pino, stdTimeFunctions } from "pino";
import { AppError } from "./errors.ts";

/** Ids and words that a log line may carry; never a whole number, a code or a token. */
export type LogFields = Record<string, string | number | boolean | null>;

/** JSON lines, one per event. */
export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** Of an error, only what is known to be harmless is written: its name, its code, and where it was thrown. */
  error(message: string, error: unknown, fields?: LogFields): void;
};

export function makeLog(level: string, write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime };
  const logger = write === undefined ? pino(options) : pino(options, { write });
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, error, fields) => logger.error({ ...fields, ...describeError(error) }, message),
  };
}

/** Drivers and HTTP clients put parameters, headers and bodies into messages: those are left out. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: nameOf(error),
    code: codeOf(error),
    message: error instanceof AppError ? error.message : null,
    at: framesOf(error).slice(0, 6).join(" < "),
    ...(error.cause instanceof Error ? { cause: nameOf(error.cause), causeCode: codeOf(error.cause) } : {}),
  };
}

function nameOf({ name }: Error): string {
  return /^[A-Za-z]{1,60}$/.test(name) ? name : "Error";
}

/** A code of Node's, SQLite's, PostgreSQL's, Slack's or Twilio's: never so many digits that they could be keyed or dialled. */
function codeOf(error: Error): string | number | null {
  if (!("code" in error)) return null;
  const { code } = error;
  if (typeof code === "number") return Math.abs(code) < 100_000 ? code : null;
  return typeof code === "string" && /^(?:(?!.*\d{3})[A-Za-z]\w{0,60}|[0-9A-Z]{5})$/.test(code) ? code : null;
}

const FRAME = /^\s+at (?:.* )?\(?(?:file:\/\/|node:|\/|[A-Za-z]:[\\/])\S*:\d+:\d+\)?$/;

/** A stack begins with the message, which may go over several lines and say anything. */
function framesOf({ stack = "", message }: Error): string[] {
  const from = stack.indexOf(message);
  const frames = from === -1 ? stack : stack.slice(from + message.length);
  return frames
    .split("\n")
    .filter((frame) => FRAME.test(frame))
    .map((frame) => frame.trim());
}

/**
 * Lets something be said once in a while only: what anybody outside can cause must not fill the log.
 *
 * @returns whether it may be said now
 */
export function atMostEvery(everyMs: number, now: () => number): () => boolean {
  let lastAt = Number.NEGATIVE_INFINITY;
  return () => {
    const isDue = Math.abs(now() - lastAt) >= everyMs;
    if (isDue) lastAt = now();
    return isDue;
  };
}
