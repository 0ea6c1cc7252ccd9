import { getHeapCodeStatistics } from "node:v8";
import { startApp } from "../../src/app.ts";
import { systemClock } from "../../src/clock.ts";
import { readConfig } from "../../src/config.ts";
import { makeLog } from "../../src/log.ts";

// A process of its own, so that what it keeps in memory is the service's alone. It says where it listens, and on demand
// what it holds once garbage is collected, compiled code left out.
const read = readConfig(process.env);
if (read.kind === "faults") throw new Error(read.faults.map(({ variable }) => variable).join(", "));
const log = makeLog("fatal", () => undefined);
const service = await startApp(read.config, { clock: systemClock, log });
process.on("message", () => {
  globalThis.gc?.();
  // V8 goes on compiling for as long as there are new ways through the program: that is not what a request leaves behind.
  const code = getHeapCodeStatistics();
  process.send?.(process.memoryUsage().heapUsed - code.code_and_metadata_size - code.bytecode_and_metadata_size);
});
process.once("SIGTERM", () => void service.close().then(() => process.exit(0)));
process.send?.(service.url);
