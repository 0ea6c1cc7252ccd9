import fc from "fast-check";

/** Who dials: the people of a history, by the part they play in it. */
export const PEOPLE = ["moderator", "member", "both", "newcomer", "attacker"] as const;
export type Who = (typeof PEOPLE)[number];

/** What a phone shows as its number: its own, somebody else's, none, or one that only looks like somebody's. */
export const CALLER_IDS = ["own", "forged", "withheld", "prefixed", "suffixed", "bare", "wide", "sip"] as const;
export type CallerId = (typeof CALLER_IDS)[number];

export const KEYS = ["right", "wrong", "old", "few", "star", "hash", "one", "nothing"] as const;
export type Keys = (typeof KEYS)[number];

export const COMMANDS = [
  "add newcomer",
  "add both elsewhere",
  "add member",
  "remove member",
  "remove both",
  "reset member",
  "reset both",
  "moderator member",
  "participant member",
  "list",
  "set grace 0",
  "set grace 61",
  "set entry scheduled",
  "set entry anytime",
] as const;
export type Command = (typeof COMMANDS)[number];

/** Faults of the outside, each met by the next request or two on its route. */
const VERIFY = "/verify/v2/Services/:serviceSid";
const REST = "/2010-04-01/Accounts/:accountSid";
export const FAULTS = {
  "twilio check": `POST ${VERIFY}/VerificationCheck`,
  "twilio send": `POST ${VERIFY}/Verifications`,
  "twilio look for code": `GET ${VERIFY}/Verifications/:id`,
  "twilio list rooms": `GET ${REST}/Conferences.json`,
  "twilio list room": `GET ${REST}/Conferences/:conferenceSid/Participants.json`,
  "twilio look for call": `GET ${REST}/Calls/:callSid.json`,
  "twilio end call": `POST ${REST}/Calls/:callSid.json`,
  "slack post": "POST /slack/api/chat.postMessage",
  "slack edit": "POST /slack/api/chat.update",
  "slack look": "POST /slack/api/conversations.history",
  "slack user": "POST /slack/api/users.info",
} as const;
export type FaultyRoute = keyof typeof FAULTS;
export const FAULT_KINDS = ["503", "429", "refused", "answer-lost", "late-effect"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const CALLBACKS = ["plain", "repeated", "shuffled", "late", "every other lost", "lost", "asked twice"] as const;
export type Callbacks = (typeof CALLBACKS)[number];

export const BAD_SIGNATURES = ["none", "random", "truncated", "another's"] as const;

export type Simple =
  | { do: "dial"; who: Who; as: CallerId; whose: Who }
  | { do: "key"; call: number; keys: Keys }
  | { do: "hang up"; call: number }
  | { do: "command"; text: Command };

export type Action =
  | Simple
  | { do: "at once"; both: [Simple, Simple | { do: "restart" }] }
  /** Dials and keys the code, as people do. */
  | { do: "join"; who: Who }
  | { do: "guess"; whose: Who }
  | { do: "callbacks"; mode: Callbacks }
  | { do: "fault"; route: FaultyRoute; kind: FaultKind; times: number }
  | { do: "restart" }
  | { do: "wait"; seconds: number }
  /** Time goes by for everybody; what was due meanwhile is done afterwards. */
  | { do: "later"; minutes: number }
  /** The service's clock alone is set forward or back. */
  | { do: "set clock"; seconds: number }
  | { do: "replay"; which: number }
  | { do: "bad request"; to: "twilio" | "slack"; signature: (typeof BAD_SIGNATURES)[number]; bits: number };

const index = fc.nat({ max: 5 });
const weighted = <T>(...choices: [number, T][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const who = weighted<Who>([3, "moderator"], [4, "member"], [4, "both"], [1, "newcomer"], [2, "attacker"]);
const callerId = weighted<CallerId>(
  [20, "own"],
  [5, "forged"],
  [1, "withheld"],
  [1, "prefixed"],
  [1, "suffixed"],
  [1, "bare"],
  [1, "wide"],
  [1, "sip"],
);
const keys = weighted<Keys>(
  [12, "right"],
  [7, "wrong"],
  [2, "old"],
  [1, "few"],
  [2, "star"],
  [1, "hash"],
  [1, "one"],
  [1, "nothing"],
);

const dial = fc.record({ do: fc.constant("dial" as const), who, as: callerId, whose: who });
const key = fc.record({ do: fc.constant("key" as const), call: index, keys });
const hangUp = fc.record({ do: fc.constant("hang up" as const), call: index });
const command = fc.record({ do: fc.constant("command" as const), text: fc.constantFrom(...COMMANDS) });
const restart = fc.constant({ do: "restart" as const });
const simple = fc.oneof(
  { weight: 3, arbitrary: dial },
  { weight: 4, arbitrary: key },
  { weight: 2, arbitrary: hangUp },
  { weight: 1, arbitrary: command },
);
const route = weighted<FaultyRoute>(
  [6, "twilio check"],
  [4, "twilio send"],
  [1, "twilio look for code"],
  [1, "twilio list rooms"],
  [1, "twilio list room"],
  [1, "twilio look for call"],
  [1, "twilio end call"],
  [6, "slack post"],
  [2, "slack edit"],
  [2, "slack look"],
  [1, "slack user"],
);
const fault = fc.record({
  do: fc.constant("fault" as const),
  route,
  kind: fc.constantFrom(...FAULT_KINDS),
  times: fc.integer({ min: 1, max: 3 }),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 32, arbitrary: dial },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("join" as const), who }) },
  { weight: 60, arbitrary: key },
  { weight: 22, arbitrary: hangUp },
  { weight: 10, arbitrary: command },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("at once" as const),
      both: fc.tuple(simple, fc.oneof({ weight: 8, arbitrary: simple }, { weight: 1, arbitrary: restart })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("guess" as const), whose: who }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant("callbacks" as const), mode: fc.constantFrom(...CALLBACKS) }),
  },
  { weight: 24, arbitrary: fault },
  { weight: 4, arbitrary: restart },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 4, 21) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("later" as const), minutes: fc.constantFrom(1, 5, 11, 61) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("set clock" as const), seconds: fc.integer({ min: -240, max: 240 }) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("replay" as const), which: fc.nat({ max: 30 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("bad request" as const),
      to: fc.constantFrom("twilio" as const, "slack" as const),
      signature: fc.constantFrom(...BAD_SIGNATURES),
      bits: fc.nat(),
    }),
  },
);

/** What happens in one history, from its first call. */
const history = fc.array(action, { minLength: 6, maxLength: 12, size: "max" });

/** The actions of a history: always the same for a seed and a number. */
export function actionsOf(seed: number, number: number): Action[] {
  // Two multipliers without a common factor keep neighbours of both apart.
  const own = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) | 0;
  const [actions = []] = fc.sample(history, { seed: own, numRuns: 1 });
  return actions;
}

/** One line an action, to be read and to be played again. */
export function inWords(actions: readonly Action[]): string {
  return actions.map((one, at) => `  ${at + 1}. ${JSON.stringify(one)}`).join("\n");
}
