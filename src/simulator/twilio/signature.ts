import { createHmac } from "node:crypto";

export type Params = Readonly<Record<string, string>>;

/**
 * Twilio's X-Twilio-Signature. For a GET the parameters are part of the URL already: pass none.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signRequest(authToken: string, url: string, params: Params): string {
  const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const pairs = Object.keys(params)
    .sort(byteOrder)
    .map((name) => name + (params[name] ?? ""));
  return createHmac("sha1", authToken)
    .update(signedUrl(url) + pairs.join(""), "utf8")
    .digest("base64");
}

/** Voice webhooks over https are signed without the port; fragment and user are never signed. */
export function signedUrl(url: string): string {
  const [withoutFragment = ""] = url.split("#");
  return withoutFragment.replace(/^(https?:\/\/)[^/?@]*@/, "$1").replace(/^(https:\/\/[^/?:]+):\d+/, "$1");
}

export function encodeForm(params: Params): string {
  return new URLSearchParams({ ...params }).toString();
}
