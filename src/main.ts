import { existsSync } from "node:fs";
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import { AppError } from "./errors.ts";
import { describeError, makeLog } from "./log.ts";

if (existsSync(".env")) process.loadEnvFile(".env");
const read = readConfig(process.env);

if (read.kind === "faults") {
  const lines = read.faults.map(({ variable, problem }) => `  ${variable} ${problem}\n`);
  process.stderr.write(
    `Confline cannot start. Please mend these variables (README: Configuration):\n${lines.join("")}`,
  );
  process.exit(1);
}

const { config } = read;
const log = makeLog(config.LOG_LEVEL);
try {
  // Only now: loading the rest takes a second, and what is wrong with the variables is told at once.
  const { startApp } = await import("./app.ts");
  const app = await startApp(config, { clock: systemClock, log });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping", { signal });
      void app.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  const reason = reasonNotToStart(error);
  if (reason === null) throw error;
  process.stderr.write(`Confline cannot start: ${reason}\n`);
  process.exit(1);
}

/** What the outside is to blame for, in a line; null for a bug, which stays loud. */
function reasonNotToStart(error: unknown): string | null {
  if (error instanceof AppError) {
    return `${error.message}. Stop the other one, or give this one its own DATABASE_URL.`;
  }
  const { code, causeCode } = describeError(error);
  const known = code ?? causeCode ?? null;
  if (known === null) return null;
  const isListening = error instanceof Error && "syscall" in error && error.syscall === "listen";
  return `${known}. Please look at ${isListening ? "PORT and HOST" : "DATABASE_URL"}.`;
}
