import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import { AppError } from "../../src/errors.ts";
import type {
  BudgetedVerifier,
  Dialler,
  DialOutcome,
  PhoneNetwork,
  SeenCall,
  SeenRoom,
  Verifier,
} from "../../src/operations/line.ts";
import { MINUTE } from "./builders.ts";

type Kind = keyof BudgetedVerifier;

/** Stops one call to the verifier before it is answered; its effect is there already when `afterEffect`. */
export type Stop = { reached: Promise<void>; go(): void };

export type FakeVerifier = Verifier & {
  /** What reached it: `start +12025550112`, `check VE1 471100`. */
  asked: string[];
  /** The code that is right now for a number; "000000" when none is. */
  codeOf(number: PhoneNumber): string;
  /** Stops the next call of a kind. */
  stopNext(kind: Kind): Stop;
  /** Breaks the next call of a kind: before its effect, or after it, when only the answer is lost. */
  breakNext(kind: Kind, how: "refused" | "answer-lost"): void;
  /** How many codes it found right. */
  approvals(): number;
  /** Makes a number one that gets no texts. */
  landlines: Set<string>;
};

type Verification = {
  verificationSid: string;
  number: string;
  code: string;
  createdAt: number;
  checks: number;
  isOpen: boolean;
  sends: number;
};

/** Verify with its real rules: one pending code a number for ten minutes, five checks and sends, worth nothing once used. */
export function fakeVerifier(now: () => number): FakeVerifier {
  const all: Verification[] = [];
  const asked: string[] = [];
  let approvals = 0;
  const landlines = new Set<string>();
  const stops = new Map<Kind, (Stop & { arrive(): void; released: Promise<void> })[]>();
  const breaks = new Map<Kind, ("refused" | "answer-lost")[]>();
  const isPending = ({ isOpen, createdAt }: Verification) => isOpen && now() < createdAt + 10 * MINUTE;
  const pendingOf = (number: string) => all.findLast((each) => each.number === number && isPending(each));

  async function through<T, U>(kind: Kind, what: string, act: () => T, broken: U): Promise<T | U> {
    asked.push(`${kind} ${what}`);
    const how = breaks.get(kind)?.shift();
    const outcome = how === "refused" ? broken : act();
    const stop = stops.get(kind)?.shift();
    stop?.arrive();
    await stop?.released;
    return how === undefined ? outcome : broken;
  }

  function start(number: string) {
    if (landlines.has(number)) return { kind: "landline" } as const;
    const verification = pendingOf(number) ?? open(number);
    if (verification.sends >= 5) return { kind: "busy" } as const;
    verification.sends += 1;
    return { kind: "sent", verificationSid: verification.verificationSid, createdAt: verification.createdAt } as const;
  }

  function open(number: string): Verification {
    const n = all.length + 1;
    const code = String(471_100 + n);
    const verification = {
      verificationSid: `VE${n}`,
      number,
      code,
      createdAt: now(),
      checks: 0,
      isOpen: true,
      sends: 0,
    };
    all.push(verification);
    return verification;
  }

  function check(verificationSid: string, code: string) {
    const verification = all.find((each) => each.verificationSid === verificationSid);
    if (verification === undefined || !isPending(verification) || verification.checks >= 5) return "gone" as const;
    verification.checks += 1;
    if (verification.code !== code) return "wrong" as const;
    verification.isOpen = false;
    approvals += 1;
    return "approved" as const;
  }

  const unavailable = { kind: "unavailable" } as const;
  const budgeted: BudgetedVerifier = {
    start: (number) => through("start", number, () => start(number), unavailable),
    find: (number) => {
      const find = () => {
        const found = pendingOf(number);
        if (found === undefined) return { kind: "none" } as const;
        return { kind: "found", verificationSid: found.verificationSid, createdAt: found.createdAt } as const;
      };
      return through("find", number, find, unavailable);
    },
    cancel: (sid) => {
      const cancel = () => {
        for (const each of all) if (each.verificationSid === sid) each.isOpen = false;
        return "done" as const;
      };
      return through("cancel", sid, cancel, "unavailable" as const);
    },
    check: (sid, code) => through("check", `${sid} ${code}`, () => check(sid, code), "unavailable" as const),
  };

  return {
    withBudget: () => budgeted,
    asked,
    landlines,
    approvals: () => approvals,
    codeOf: (number) => pendingOf(number)?.code ?? "000000",
    stopNext(kind) {
      const arrival = aSignal();
      const release = aSignal();
      const stop = { reached: arrival.given, arrive: arrival.give, released: release.given, go: release.give };
      stops.set(kind, [...(stops.get(kind) ?? []), stop]);
      return stop;
    },
    breakNext: (kind, how) => void breaks.set(kind, [...(breaks.get(kind) ?? []), how]),
  };
}

function aSignal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

export type FakePhoneNetwork = PhoneNetwork & {
  rooms: Map<string, SeenRoom[]>;
  over: Set<string>;
  asked: string[];
  isAway: boolean;
};

/** What Twilio's REST API would say, as the test sets it. */
export function fakePhoneNetwork(): FakePhoneNetwork {
  const fake: FakePhoneNetwork = {
    rooms: new Map(),
    over: new Set(),
    asked: [],
    isAway: false,
    async findCall(callSid) {
      fake.asked.push(callSid);
      if (fake.isAway) throw new AppError("unavailable", "away");
      return fake.over.has(callSid) ? "over" : "open";
    },
    async listRooms(sessionName) {
      if (fake.isAway) throw new AppError("unavailable", "away");
      return fake.rooms.get(sessionName) ?? [];
    },
  };
  return fake;
}

export type FakeDialler = Dialler & {
  /** What it was asked, `call +12025550112 1` for the first attempt. */
  asked: string[];
  dialOutIds: string[];
  /** What the next calls come to; after them each is placed. */
  outcomes: DialOutcome[];
  /** The calls that Twilio knows, whatever the number. */
  calls: SeenCall[];
};

/** The call that the dialler's nth request placed. */
export function aPlacedCallSid(n: number): string {
  return `CAd${String(n).padStart(31, "0")}`;
}

/** Twilio placing calls, as the test sets it. */
export function fakeDialler(): FakeDialler {
  const fake: FakeDialler = {
    asked: [],
    dialOutIds: [],
    outcomes: [],
    calls: [],
    async call({ to, dialOutId, attempt }) {
      fake.asked.push(`call ${to} ${attempt}`);
      fake.dialOutIds.push(dialOutId);
      const callSid = aPlacedCallSid(fake.asked.length);
      return fake.outcomes.shift() ?? { kind: "placed", callSid };
    },
    async listCallsTo(to) {
      fake.asked.push(`list ${to}`);
      return fake.calls;
    },
    async findProgress(callSid) {
      fake.asked.push(`find ${callSid}`);
      return fake.calls.find((call) => call.callSid === callSid) ?? { state: "open", isMachine: false };
    },
  };
  return fake;
}
