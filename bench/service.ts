import { systemClock } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";
import type * as app from "../src/app.ts";
import type * as open from "../src/db/open.ts";

// What `npm start` runs is compiled, so that is what is measured. It has the types of its source.
const built = (path: string): Promise<unknown> => import(new URL(`../dist/${path}`, import.meta.url).href);
const { startApp } = (await built("app.js")) as typeof app;
const { openDatabase } = (await built("db/open.js")) as typeof open;

const durability = process.env["BENCH_DURABILITY"] === "OFF" ? "OFF" : "FULL";
const read = readConfig(process.env);
if (read.kind === "faults") throw new Error(read.faults.map(({ variable }) => variable).join(", "));
const service = await startApp(read.config, {
  clock: systemClock,
  openDatabase: (location) => openDatabase(location, durability),
});
process.send?.(Number(new URL(service.url).port));
process.once("SIGTERM", () => void service.close().then(() => process.exit(0)));
