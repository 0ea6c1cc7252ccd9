import fc from "fast-check";
import { readForm } from "../../src/slack/form-values.ts";
import { unpackDraft } from "../../src/slack/draft.ts";
import { unpackMetadata } from "../../src/slack/form-metadata.ts";
import { readRoomEvent } from "../../src/twilio/status-callbacks.ts";
import { property } from "./property.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const CALL = `CA${"0".repeat(31)}1`;
const ROOM = `CF${"0".repeat(31)}1`;

const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 140 }),
  fc.constantFrom(CALL, ROOM, "participant-join", "conference-end", "true", "false", "12", "-1", "1e9", "9".repeat(12)),
  fc.constantFrom("Thu, 01 Jun 2017 20:48:32 +0000", "soon", "", "[object Object]"),
);
const anything = fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.jsonValue(), fc.constant(undefined));
const names = [
  "ConferenceSid",
  "FriendlyName",
  "SequenceNumber",
  "StatusCallbackEvent",
  "Timestamp",
  "CallSid",
  "Muted",
  "Hold",
];
const whole = {
  ...{ ConferenceSid: ROOM, FriendlyName: "room", SequenceNumber: "1", StatusCallbackEvent: "participant-join" },
  CallSid: CALL,
};
const forms = fc
  .tuple(fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor", "Digits[]"), anything), fc.boolean())
  .map(([odd, isWhole]): unknown => (isWhole ? { ...whole, ...odd } : odd));

const isAnEventOrRefused = property(
  "a callback is an event of one room and one call, or refused by its schema",
  3,
  fc.oneof(forms, fc.jsonValue() as fc.Arbitrary<unknown>),
  (body) => {
    const event = read(body);
    if (event === null) return null;
    const { sessionName, event: told } = event;
    if (!/^CF[0-9a-fA-F]{32}$/.test(told.conferenceSid)) return `is of room ${told.conferenceSid}`;
    if (told.callSid !== null && !/^CA[0-9a-fA-F]{32}$/.test(told.callSid)) return `is of call ${told.callSid}`;
    if (!Number.isFinite(told.at) || !Number.isSafeInteger(told.sequenceNumber)) return "is at no time";
    return typeof sessionName === "string" && sessionName.length <= 128 ? null : "is of no session";
  },
);

function read(body: unknown): ReturnType<typeof readRoomEvent> | null {
  try {
    return readRoomEvent(body, NOW);
  } catch (error) {
    // A schema's refusal is answered by 400; anything else would be a 500.
    if (error instanceof Error && error.name === "ZodError") return null;
    throw error;
  }
}

const metadata = {
  ...{ channelId: "C0OPS", zone: "Europe/Paris", draftId: null, shownLocal: "2026-11-24T09:30", rule: null },
  editing: null,
};
const START = Date.parse("2026-11-24T08:30:00Z") / 1000;
const inputs = [
  "title",
  "start",
  "length",
  "repeat",
  "until",
  "invitees",
  "channel_reminder",
  "personal_reminder",
  "notes",
];
const held = fc.record({
  value: fc.oneof(fc.jsonValue(), fc.integer(), fc.string(), fc.constant(undefined)),
  selected_option: fc.oneof(fc.jsonValue(), fc.record({ value: fc.string() })),
  selected_date: fc.oneof(fc.jsonValue(), fc.constantFrom("2026-13-40", "9999-99-99", "-1")),
  selected_date_time: fc.oneof(fc.jsonValue(), fc.double(), fc.maxSafeInteger()),
  selected_options: fc.jsonValue(),
});
const filledIn: Record<string, unknown> = {
  ...{ title: { value: " Standup " }, start: { selected_date_time: START }, length: { value: "30" } },
  ...{ repeat: { selected_option: { value: "weekly" } }, until: { selected_date: null } },
  ...{ invitees: { selected_options: [] }, channel_reminder: { selected_option: { value: "10" } } },
  ...{ personal_reminder: { selected_option: { value: "never" } }, call_everyone: { selected_options: [] } },
  notes: { value: null },
};

export const anyFormIsRead = property(
  "a form that was filled in is read without an accident, whatever is in it",
  2,
  fc.dictionary(fc.constantFrom(...inputs), held, { maxKeys: 4 }),
  (odd) => {
    const state = Object.fromEntries(
      Object.entries({ ...filledIn, ...odd }).map(([name, one]) => [name, { [name]: one }]),
    );
    const form = readForm(state, metadata, NOW);
    if (form.kind === "errors") return Object.keys(form.errors).length > 0 ? null : "is wrong, and not said where";
    const { title, minutes } = form.filled.plan;
    return title !== "" && Number.isInteger(minutes) && minutes > 0 ? null : `is ${JSON.stringify(form.filled.plan)}`;
  },
);

const carried = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue().map((one) => JSON.stringify(one)),
  fc.constantFrom('{"__proto__":{}}', '{"id":"x","plan":{},"mentions":[]}', "null", "[]", '{"channelId":""}'),
);

const onlyOurOwnIsUnpacked = property("what a button or a form carries is ours or nothing", 2, carried, (packed) =>
  unpackDraft(packed) === null && unpackMetadata(packed) === null ? null : "is taken for ours",
);

export const readForms = [isAnEventOrRefused, anyFormIsRead, onlyOurOwnIsUnpacked];
