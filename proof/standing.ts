import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const figure = z.object({
  what: z.string(),
  value: z.number(),
  as: z.enum(["sum", "most", "least"]),
  unit: z.string().optional(),
  aim: z.union([z.object({ atMost: z.number() }), z.object({ atLeast: z.number() })]).optional(),
});
const ofPart = z.object({ done: z.number().int(), seconds: z.number(), figures: z.array(figure) });
const standing = z.object({ seed: z.number().int(), parts: z.record(z.string(), ofPart) });

/** How far a run of a seed has come: by the name of a part, the cases done, and what they measured together. */
export type Standing = z.infer<typeof standing>;

/** @returns where a run with this seed stopped; its beginning when there is none, or only one with another seed */
export function readStanding(file: string, seed: number): Standing {
  if (!existsSync(file)) return { seed, parts: {} };
  const read = standing.parse(JSON.parse(readFileSync(file, "utf8")));
  return read.seed === seed ? read : { seed, parts: {} };
}

/** Written beside and moved into place: whoever stops the run at this moment finds the one before. */
export function writeStanding(file: string, now: Standing): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(now, null, 2));
  renameSync(`${file}.new`, file);
}
