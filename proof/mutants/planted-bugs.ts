import { bugsOfAdmission } from "./bugs-of-admission.ts";
import { bugsOfDoors } from "./bugs-of-doors.ts";
import { bugsOfPromises } from "./bugs-of-promises.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** Each case of the proof is one of these, by its place: new ones come last in their file. */
export const plantedBugs: readonly PlantedBug[] = [...bugsOfAdmission, ...bugsOfDoors, ...bugsOfPromises];
