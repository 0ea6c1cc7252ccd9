export type CoverageRow = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  support: "full" | "partial";
  note?: string;
};

const ACCOUNT = "/2010-04-01/Accounts/:accountSid";
const SERVICE = "/verify/v2/Services/:serviceSid";

/** Every route of Twilio's that is simulated; the routes are made from these rows. */
export const TWILIO_COVERAGE = [
  { method: "GET", path: `${ACCOUNT}/Calls.json`, support: "partial", note: "filters: Status, To, From, StartTime>" },
  {
    method: "POST",
    path: `${ACCOUNT}/Calls.json`,
    support: "partial",
    note: "no recording, SendDigits, TimeLimit; machine detection takes no time",
  },
  { method: "GET", path: `${ACCOUNT}/Calls/:callSid.json`, support: "full" },
  { method: "POST", path: `${ACCOUNT}/Calls/:callSid.json`, support: "partial", note: "Status, Url, Twiml" },
  { method: "GET", path: `${ACCOUNT}/Conferences.json`, support: "partial", note: "filters: FriendlyName, Status" },
  { method: "GET", path: `${ACCOUNT}/Conferences/:conferenceSid.json`, support: "full" },
  { method: "POST", path: `${ACCOUNT}/Conferences/:conferenceSid.json`, support: "full" },
  { method: "GET", path: `${ACCOUNT}/Conferences/:conferenceSid/Participants.json`, support: "full" },
  {
    method: "POST",
    path: `${ACCOUNT}/Conferences/:conferenceSid/Participants.json`,
    support: "partial",
    note: "not listed until they answer; no recording, no machine detection",
  },
  { method: "GET", path: `${ACCOUNT}/Conferences/:conferenceSid/Participants/:callSid.json`, support: "full" },
  { method: "POST", path: `${ACCOUNT}/Conferences/:conferenceSid/Participants/:callSid.json`, support: "full" },
  { method: "DELETE", path: `${ACCOUNT}/Conferences/:conferenceSid/Participants/:callSid.json`, support: "full" },
  { method: "POST", path: `${ACCOUNT}/Messages.json`, support: "partial", note: "no media, no status callback" },
  { method: "GET", path: `${ACCOUNT}/Messages/:messageSid.json`, support: "full" },
  { method: "GET", path: `${ACCOUNT}/IncomingPhoneNumbers.json`, support: "partial", note: "one number" },
  { method: "GET", path: `${ACCOUNT}/IncomingPhoneNumbers/:numberSid.json`, support: "full" },
  { method: "POST", path: `${ACCOUNT}/IncomingPhoneNumbers/:numberSid.json`, support: "partial", note: "voice only" },
  { method: "GET", path: SERVICE, support: "full" },
  { method: "POST", path: `${SERVICE}/Verifications`, support: "partial", note: "channel sms, no custom code" },
  { method: "GET", path: `${SERVICE}/Verifications/:id`, support: "partial", note: "no polling limit" },
  { method: "POST", path: `${SERVICE}/Verifications/:id`, support: "full" },
  { method: "POST", path: `${SERVICE}/VerificationCheck`, support: "full" },
] as const satisfies readonly CoverageRow[];

type RowOf = (typeof TWILIO_COVERAGE)[number];
type KeyOf<Row> = Row extends { method: infer M extends string; path: infer P extends string } ? `${M} ${P}` : never;

/** "POST /verify/v2/Services/:serviceSid/Verifications": what faults name a route by. */
export type TwilioRouteKey = KeyOf<RowOf>;
