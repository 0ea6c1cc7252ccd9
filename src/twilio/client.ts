import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import twilio from "twilio";
import { AppError } from "../errors.ts";

type Agents = { http: HttpAgent; https: HttpsAgent };

/** The network between us and Twilio did not carry a request, or not in time. Whether it was acted on is unknown. */
const UNREACHABLE = "TwilioUnreachable";

/**
 * Twilio's own client, with every host rewritten to a local stand-in when there is one.
 *
 * `api.twilio.com` maps to the root, any other `<product>.twilio.com` to `/<product>` under it.
 *
 * @param timeoutMs per request; Twilio's own default of 30 s would outlive the webhook that waits for it
 * @param agents whose connections to use instead of the client's own
 */
export function makeTwilioClient(
  account: { accountSid: string; authToken: string; apiUrl?: string | undefined },
  timeoutMs: number,
  agents?: Agents,
): twilio.Twilio {
  const httpClient = new twilio.RequestClient({ timeout: timeoutMs });
  if (agents !== undefined)
    Object.assign(httpClient.axios.defaults, { httpAgent: agents.http, httpsAgent: agents.https });
  const send = httpClient.request.bind(httpClient);
  httpClient.request = async (request) => {
    try {
      return await send({ ...request, uri: rewrite(request.uri, account.apiUrl) });
    } catch (error) {
      // No `cause`: the HTTP client's error carries the Authorization header and the form, with its numbers.
      throw unreachable(error);
    }
  };
  return twilio(account.accountSid, account.authToken, { httpClient });
}

function rewrite(uri: string, apiUrl: string | undefined): string {
  if (apiUrl === undefined) return uri;
  const { hostname, pathname, search } = new URL(uri);
  const product = hostname.split(".")[0] ?? "api";
  return apiUrl.replace(/\/+$/, "") + (product === "api" ? "" : `/${product}`) + pathname + search;
}

function unreachable(error: unknown): Error {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "ENETWORK";
  const scrubbed = new Error(`Twilio did not answer: ${code}`);
  scrubbed.name = UNREACHABLE;
  return Object.assign(scrubbed, { code });
}

/** What a failed request to Twilio comes to. */
export type TwilioFailure =
  | { kind: "answered"; status: number; code: number | null }
  | { kind: "unreachable"; code: string };

export function describeFailure(error: unknown): TwilioFailure {
  if (error instanceof twilio.RestException) {
    return { kind: "answered", status: error.status, code: error.code ?? null };
  }
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "ENETWORK";
  return { kind: "unreachable", code };
}

/** What a look at Twilio that failed comes to. */
export function unavailable(error: unknown): AppError {
  const failure = describeFailure(error);
  const what = failure.kind === "answered" ? `${failure.status}/${failure.code ?? "-"}` : failure.code;
  return new AppError("unavailable", `Twilio's REST API: ${what}`);
}
