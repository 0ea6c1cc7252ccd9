import { alerts } from "./alerts/alerts.ts";
import { outages } from "./alerts/outages.ts";
import { floods } from "./floods/floods.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { httpFuzz } from "./fuzz/http-fuzz.ts";
import { histories } from "./histories/part.ts";
import { kills } from "./kills/kills.ts";
import { mutants } from "./mutants/mutants.ts";
import { mutation } from "./mutants/mutation.ts";
import { nodes } from "./nodes/part.ts";
import type { Part } from "./part.ts";
import { soaking } from "./soak/part.ts";
import { spoofed } from "./spoofed/part.ts";
import { storms } from "./storm/storms.ts";

/** All there is to prove, what takes longest last. */
export const PARTS: readonly Part[] = [
  storms,
  outages,
  floods,
  spoofed,
  alerts,
  mutants,
  nodes,
  mutation,
  soaking,
  fuzz,
  httpFuzz,
  kills,
  histories,
];
