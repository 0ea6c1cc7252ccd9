import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What `npm start` runs, of a tree of our source. */
export type Program = { command: readonly string[]; remove(): void };

const root = fileURLToPath(new URL("../..", import.meta.url));
const START_SCRIPT = /^node (?:.* )?(dist\/main\.js)$/;

/** This very source. */
export const OUR_TREE = root;

/**
 * Compiles a tree as `npm run prepare` does, unchecked: what is in its `dist/` may be older than its source.
 *
 * @param tree a folder with `package.json`, `src`, `migrations` and `node_modules`
 */
export async function compile(tree: string): Promise<Program> {
  // In the tree, where the compiled files see the same packages, migrations and assets as in dist/.
  const compiled = mkdtempSync(join(tree, ".tmp-dist-"));
  const remove = () => rmSync(compiled, { recursive: true, force: true });
  try {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const project = join(tree, "tsconfig.build.json");
    await promisify(execFile)(process.execPath, [tsc, "-p", project, "--noCheck", "--outDir", compiled]);
    return { command: startCommand(tree, compiled), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function startCommand(tree: string, compiled: string): string[] {
  const text = readFileSync(join(tree, "package.json"), "utf8");
  const script = /"start": "(.*)"/.exec(text)?.[1] ?? "";
  if (!START_SCRIPT.test(script)) throw new Error(`${tree}: npm start is not what it was: ${script}`);
  const [, ...flags] = script.replace(/ dist\/main\.js$/, "").split(" ");
  return [process.execPath, ...flags, join(compiled, "main.js")];
}
