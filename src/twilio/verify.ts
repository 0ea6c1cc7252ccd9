import type { Twilio } from "twilio";
import type { BudgetedVerifier, CheckOutcome, FindOutcome, StartOutcome, Verifier } from "../operations/line.ts";
import { describeFailure, type TwilioFailure } from "./client.ts";

/** What the calls of one webhook may take together, so that the caller hears within 5 s that something is broken. */
const BUDGET_MS = 3000;

/** Error codes of Verify, sorted by what the caller can do about them. */
const LANDLINE = new Set([60205, 21614]);
const REFUSED = new Set([
  60200, 60220, 60238, 60410, 60605, 21211, 21214, 21215, 21216, 21217, 21265, 21408, 21608, 21610, 21612,
]);
/** Too many sends for the number, or two at once: a code is pending there. */
const BUSY = new Set([60203, 60212]);

/** Twilio Verify, by text message. Every error code becomes an outcome; nothing is thrown. */
export function makeVerifier(client: Twilio, serviceSid: string, budgetMs: number = BUDGET_MS): Verifier {
  const service = client.verify.v2.services(serviceSid);
  return {
    withBudget(): BudgetedVerifier {
      const inBudget = makeBudget(budgetMs);
      return {
        start: (to) =>
          inBudget(() => service.verifications.create({ to, channel: "sms" })).then(
            ({ sid, dateCreated }): StartOutcome => ({ kind: "sent", verificationSid: sid, createdAt: +dateCreated }),
            (error: unknown) => startFailure(describeFailure(error)),
          ),
        find: (to) =>
          inBudget(() => service.verifications(to).fetch()).then(
            ({ sid, dateCreated, status }): FindOutcome =>
              status === "pending"
                ? { kind: "found", verificationSid: sid, createdAt: +dateCreated }
                : { kind: "none" },
            (error: unknown) => (isGone(describeFailure(error)) ? { kind: "none" } : { kind: "unavailable" }),
          ),
        cancel: (sid) =>
          inBudget(() => service.verifications(sid).update({ status: "canceled" })).then(
            () => "done" as const,
            (error: unknown) => cancelFailure(describeFailure(error)),
          ),
        check: (verificationSid, code) =>
          inBudget(() => service.verificationChecks.create({ verificationSid, code })).then(
            ({ status, valid }) => judge(status, valid),
            (error: unknown) => checkFailure(describeFailure(error)),
          ),
      };
    },
  };
}

/** Only `approved` lets anybody in; a wrong code is no error, but `pending`. */
function judge(status: string, valid: boolean): CheckOutcome {
  if (status === "approved" && valid) return "approved";
  return status === "pending" ? "wrong" : "gone";
}

function startFailure(failure: TwilioFailure): StartOutcome {
  if (failure.kind === "unreachable" || failure.status >= 500) return { kind: "unavailable" };
  const { code } = failure;
  if (code !== null && LANDLINE.has(code)) return { kind: "landline" };
  if (code !== null && REFUSED.has(code)) return { kind: "refused" };
  if (code !== null && BUSY.has(code)) return { kind: "busy" };
  // 20003, 20404, 20429, 60204, 60207, 60223 and whatever comes: refused before anything was sent.
  return { kind: "failed" };
}

function checkFailure(failure: TwilioFailure): CheckOutcome {
  // 60202: checked too often; 20404: used, expired or cancelled. A new code helps in both cases.
  if (isGone(failure) || (failure.kind === "answered" && failure.code === 60202)) return "gone";
  // A code of six digits is never malformed, so this is about the verification, not about the caller's guess.
  return "unavailable";
}

function cancelFailure(failure: TwilioFailure): "done" | "unavailable" {
  // Any definite refusal means that it was not pending any more.
  return failure.kind === "answered" && failure.status < 500 && failure.status !== 429 ? "done" : "unavailable";
}

function isGone(failure: TwilioFailure): boolean {
  return failure.kind === "answered" && (failure.code === 20404 || failure.status === 404);
}

/** Runs what is given one after the other, for `budgetMs` together; after that, everything fails without being begun. */
function makeBudget(budgetMs: number): <T>(work: () => Promise<T>) => Promise<T> {
  const endsAt = performance.now() + budgetMs;
  // A timer may end some milliseconds before its time, and what is left then is no time to begin anything in.
  let isSpent = false;
  return async (work) => {
    const leftMs = endsAt - performance.now();
    if (isSpent || leftMs <= 0) throw outOfTime();
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isSpent = true;
        reject(outOfTime());
      }, leftMs);
    });
    try {
      return await Promise.race([work(), timeUp]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function outOfTime(): Error {
  return Object.assign(new Error("no time left"), { code: "EBUDGET" });
}
