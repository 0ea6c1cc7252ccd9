import { existsSync } from "node:fs";
import { startApp } from "./app.ts";
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import { AppError } from "./errors.ts";
import { makeLog } from "./log.ts";

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
  const app = await startApp(config, { clock: systemClock, log });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping", { signal });
      void app.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(
    `Confline cannot start: ${error.message}. Stop the other one, or give this one its own DATABASE_URL.\n`,
  );
  process.exit(1);
}
