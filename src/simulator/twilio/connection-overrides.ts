/** Why a request failed, in the words of Twilio's retry policy: connecting, reading, or the status. */
export type FailedBy = "ct" | "rt" | "4xx" | "5xx";

export type ConnectionOverrides = {
  connectTimeoutMs: number;
  readTimeoutMs: number;
  totalTimeoutMs: number;
  retries: number;
  retryOn: ReadonlySet<FailedBy>;
};

const CEILING_MS = 15_000;

/**
 * Reads `#rc=2&rp=ct,5xx&rt=4000` at the end of a webhook's URL. What is malformed counts as absent.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function readConnectionOverrides(url: string): ConnectionOverrides {
  const fragment = new URLSearchParams(url.split("#")[1] ?? "");
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const raw = fragment.get(name) ?? "";
    return /^\d+$/.test(raw) ? Math.min(max, Math.max(min, Number(raw))) : fallback;
  };
  return {
    connectTimeoutMs: number("ct", 5000, 100, 10_000),
    readTimeoutMs: number("rt", CEILING_MS, 100, CEILING_MS),
    totalTimeoutMs: number("tt", CEILING_MS, 100, CEILING_MS),
    retries: number("rc", 1, 0, 5),
    retryOn: retryPolicy(fragment.get("rp") ?? "ct"),
  };
}

function retryPolicy(policy: string): Set<FailedBy> {
  const known: FailedBy[] = ["ct", "rt", "4xx", "5xx"];
  const named = policy.split(",");
  return new Set(named.includes("all") ? known : known.filter((kind) => named.includes(kind)));
}
