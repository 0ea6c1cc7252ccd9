import type { Part } from "./part.ts";

/** All there is to prove, what takes longest last. */
export const PARTS: readonly Part[] = [];
