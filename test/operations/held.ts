import type { Answer } from "../../src/conference/admission.ts";
import type { Conference, Participant } from "../../src/conference/roster.ts";
import { aNumber, aPerson } from "../support/builders.ts";
import { type Cross, openCrossing, type Runs } from "../support/crossing.ts";
import { sow, type TestDatabases } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

export type TwoNodes = { here: Scene; there: Scene; cross: Cross; runs: Runs };

/** Two nodes on one PostgreSQL database, in which a conference and its people are. */
export async function twoNodes(
  databases: TestDatabases,
  conference: Conference,
  ...people: Participant[]
): Promise<TwoNodes> {
  const nodes = await openCrossing(databases);
  await sow(nodes.here, conference, ...people);
  const here = aScene(nodes.here);
  return { ...nodes, here, there: aScene(nodes.there, here) };
}

export const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});

/** Keys a code, up to where the provider has judged it. @returns goes on, and settles it in the next transaction */
export async function judged({ verifier }: Scene, key: () => Promise<Answer>): Promise<() => Promise<Answer>> {
  const check = verifier.stopNext("check");
  const keying = key();
  await check.reached;
  return () => {
    check.go();
    return keying;
  };
}
