import type { RequestHandler } from "express";
import { z } from "zod";
import { atMostEvery, type Log } from "../log.ts";
import { isFromSlack } from "./signature.ts";

const REFUSAL_LOGGED_EVERY_MS = 60_000;

/** 401 unless Slack signed the raw body, now. */
export function requireSlackSignature(signingSecret: string, clock: { now(): number }, log: Log): RequestHandler {
  const maySay = atMostEvery(REFUSAL_LOGGED_EVERY_MS, clock.now);
  return (req, res, next) => {
    const body: unknown = req.body;
    const rawBody = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    if (!isFromSlack(signingSecret, { headers: req.headers, rawBody }, clock.now())) {
      if (maySay()) log.warn("refused a request that SLACK_SIGNING_SECRET did not sign, or whose time is off");
      return void res.status(401).end();
    }
    if (!isReadable(req.headers["content-type"], rawBody)) return void res.status(400).end();
    // Bolt reads this instead of the stream.
    Object.assign(req, { rawBody });
    next();
  };
}

/** Whether the JSON that Bolt will read is an object: over anything else it breaks. */
function isReadable(contentType: string | undefined, rawBody: string): boolean {
  const json =
    contentType === "application/x-www-form-urlencoded" ? new URLSearchParams(rawBody).get("payload") : rawBody;
  if (json === null) return true;
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(json)).success;
  } catch {
    return false;
  }
}
