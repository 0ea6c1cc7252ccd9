import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isBrowserSkipped } from "./wanted-browser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The browser gets the page as it is now. Its types are checked elsewhere, so that a run of other tests is not held up. */
export async function setup(): Promise<void> {
  if (isBrowserSkipped(process.env)) return;
  const compile = ["node_modules/typescript/bin/tsc", "-p", "src/simulator/page", "--noCheck"];
  await promisify(execFile)(process.execPath, compile, { cwd: root });
}
