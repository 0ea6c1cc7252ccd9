import { startApp } from "../../src/app.ts";
import { systemClock } from "../../src/clock.ts";
import { readConfig } from "../../src/config.ts";
import { makeLog } from "../../src/log.ts";

// A process of its own, so that what it keeps in memory is the service's alone. It says where it listens, and on demand
// what it holds once garbage is collected.
const read = readConfig(process.env);
if (read.kind === "faults") throw new Error(read.faults.map(({ variable }) => variable).join(", "));
const log = makeLog("fatal", () => undefined);
const service = await startApp(read.config, { clock: systemClock, log });
process.on("message", () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
process.once("SIGTERM", () => void service.close().then(() => process.exit(0)));
process.send?.(service.url);
