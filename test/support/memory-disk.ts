import { accessSync, constants, statfsSync } from "node:fs";

/** Linux has it; a container's may be far too small. */
const IN_MEMORY = "/dev/shm";
const ENOUGH_BYTES = 1e9;

/**
 * What has the tests make their folders in memory, where that can be: SQLite waits for the disk at each of its many
 * commits, and no database of a test has to outlive the machine.
 */
export function foldersInMemory(): Record<string, string> {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize < ENOUGH_BYTES ? {} : { TMPDIR: IN_MEMORY };
  } catch {
    return {};
  }
}
