import type { RequestHandler } from "express";
import twilio from "twilio";

/**
 * Lets only requests through that Twilio signed with our token; all others get 403 and an empty body.
 *
 * The signed URL is built from the configured public URL and the raw path: no header has a say in it.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function requireTwilioSignature(authToken: string, publicUrl: string, onRefused: () => void): RequestHandler {
  return (req, res, next) => {
    const signature = req.headers["x-twilio-signature"];
    const body: unknown = req.body;
    const isSigned =
      req.method === "POST" &&
      typeof signature === "string" &&
      twilio.validateRequest(authToken, signature, publicUrl + req.originalUrl, asParams(body));
    if (isSigned) return next();
    onRefused();
    res.status(403).end();
  };
}

function asParams(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}
