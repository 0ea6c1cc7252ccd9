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
  const code =
    "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : null;
  const where = (error.stack ?? "").split("\n").filter((frame) => /^\s+at /.test(frame));
  return {
    error: error.name,
    code,
    message: error instanceof AppError ? error.message : null,
    at: where
      .slice(0, 6)
      .map((frame) => frame.trim())
      .join(" < "),
    ...(error.cause instanceof Error
      ? { cause: error.cause.name, causeCode: describeError(error.cause).code ?? null }
      : {}),
  };
}
