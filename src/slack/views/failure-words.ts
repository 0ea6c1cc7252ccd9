import type { CallFailure } from "../../conference/admission.ts";
import { counted } from "./blocks.ts";

export const WHY_CALLS_FAIL: Record<CallFailure, string> = {
  "not-recognised": "the number is on no roster",
  "locked-out": "the number is locked",
  "too-many-tries": "no tries left",
  silence: "no code keyed in",
  "too-many-texts": "no more codes may be texted to this number for now",
  landline: "a landline, which cannot get a code by text",
  "cannot-text": "the code could not be texted to this number",
  "verify-unavailable": "codes cannot be sent or checked right now",
  removed: "taken off the roster meanwhile",
  "hung-up": "hung up",
};

/**
 * What went wrong on a call: "3 wrong codes, no tries left".
 *
 * @param failure null while the caller is still trying
 */
export function failureWords(failure: CallFailure | null, wrongCodes: number): string {
  const why = failure === null ? "still trying" : WHY_CALLS_FAIL[failure];
  return wrongCodes === 0 ? why : `${counted(wrongCodes, "wrong code")}, ${why}`;
}
