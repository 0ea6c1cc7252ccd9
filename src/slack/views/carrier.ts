type Finding = "vouches" | "half" | "cannot-tell" | "failed" | "silent";

const SAID: Record<Finding, string> = {
  vouches: "the carrier vouches for the number",
  half: "the carrier knows the caller, not whether the number is theirs",
  "cannot-tell": "the carrier cannot tell where the call began",
  failed: "the carrier's check of the number failed",
  silent: "the carrier says nothing about the number",
};

/** In the order in which they are tried: by prefix, for any of them may carry a suffix. */
const FINDINGS: readonly (readonly [prefix: string, finding: Finding])[] = [
  ["TN-Validation-Passed-A", "vouches"],
  ["TN-Validation-Passed-B", "half"],
  ["TN-Validation-Passed-C", "cannot-tell"],
  ["TN-Validation-Failed", "failed"],
];

function findingOf(verdict: string | null): Finding {
  return FINDINGS.find(([prefix]) => verdict?.startsWith(prefix))?.[1] ?? "silent";
}

/** What the carrier's verdict (STIR/SHAKEN, as Twilio words it) means, in plain words. */
export function carrierSays(verdict: string | null): string {
  const isForwarded = verdict?.includes("-Diverted") ?? false;
  return `${SAID[findingOf(verdict)]}${isForwarded ? ", and the call was forwarded" : ""}`;
}

export function hasFailedCheck(verdict: string | null): boolean {
  return findingOf(verdict) === "failed";
}
