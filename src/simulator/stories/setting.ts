import type { Step } from "./story.ts";

const MODERATOR = "Isabelle";

/** The carrier vouches for the caller and the number. */
export const VOUCHED = "TN-Validation-Passed-A";
export const DISPROVED = "TN-Validation-Failed";

/** Puts people on the roster, whatever earlier stories left there. */
export function onTheRoster(...owners: string[]): Step[] {
  return [MODERATOR, ...owners].flatMap((owner): Step[] => [
    { kind: "prepare", who: MODERATOR, text: `add ${nameOf(owner)} {${owner}}` },
    { kind: "prepare", who: MODERATOR, text: `reset ${nameOf(owner)}` },
  ]);
}

/** Blathers is a guest who is not in Slack. */
function nameOf(owner: string): string {
  return owner === "Blathers" ? owner : `@${owner}`;
}

/** Dials in and keys the code, a little slower than a machine would. */
export function joins(who: string): Step[] {
  return [
    { kind: "dial", who, verdict: VOUCHED },
    { kind: "wait", seconds: 2 },
    { kind: "press", who, keys: "texted" },
    { kind: "wait", seconds: 3 },
  ];
}
