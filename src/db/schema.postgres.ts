import { kits } from "./kit.ts";
import { defineSchema } from "./schema.ts";

export const {
  lines,
  conferences,
  participants,
  lockouts,
  phoneNumbers,
  series,
  seriesExceptions,
  answers,
  sessions,
  callLegs,
  dialOuts,
  voiceSteps,
  slackRequests,
  roomEvents,
  messages,
  alerts,
  outbox,
  lanes,
  jobs,
  events,
} = defineSchema(kits.postgres);
