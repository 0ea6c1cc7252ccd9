import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Change, plant } from "./planted-bug.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Copies what belongs to the tree, as it stands, committed or not; what was installed is linked to. */
export async function copyTree(to: string): Promise<void> {
  const ours = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await promisify(execFile)("git", ours, { cwd: root, maxBuffer: 2 ** 24 });
  for (const file of stdout.split("\0").filter((each) => each !== "" && each !== "node_modules")) {
    await cp(join(root, file), join(to, file));
  }
  await symlink(join(root, "node_modules"), join(to, "node_modules"));
}

export async function plantInto(folder: string, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    const file = join(folder, change.file);
    await writeFile(file, plant(await readFile(file, "utf8"), change));
  }
}

/** Takes a planted bug out again. */
export async function restore(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await cp(join(root, file), join(folder, file));
}
