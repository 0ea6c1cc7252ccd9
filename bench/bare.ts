import { createServer } from "node:http";
import express from "express";
import { requireTwilioSignature } from "../src/twilio/signature.ts";
import { answerTwiml, makeUrls } from "../src/twilio/twiml.ts";
import { AUTH_TOKEN, PUBLIC_URL, VOICE_PATH } from "./calls.ts";
import { listen } from "./processes.ts";

const asked = { kind: "ask-code", step: 1, reason: "sent", triesLeft: null } as const;
const twiml = answerTwiml(asked, makeUrls(PUBLIC_URL, undefined));

// What any service has to do for a webhook, and nothing else.
const web = express();
web.disable("x-powered-by");
web.post(
  VOICE_PATH,
  express.urlencoded({ extended: false, limit: "64kb" }),
  requireTwilioSignature(AUTH_TOKEN, PUBLIC_URL, () => undefined),
  (_req, res) => void res.type("text/xml").send(twiml),
);
process.send?.(await listen(createServer(web)));
