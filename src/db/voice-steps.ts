import { and, eq, isNull, lte, sql } from "drizzle-orm";
import type { Answer } from "../conference/admission.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

export type StepClaim =
  /** This webhook is the first of its kind: act on it. */
  | { kind: "first" }
  /** It was answered; here is what was said. */
  | { kind: "answered"; answer: Answer }
  /** Another delivery of it is being worked on. */
  | { kind: "under-way" };

const stepInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.voiceSteps)
    .values(placeholders("teamId", "callSid", "step", "leaseUntil"))
    .onConflictDoNothing()
    .returning({ step: t.voiceSteps.step }),
);

/** Claims one step of a call, which a single webhook may act on. A claim whose holder died runs out. */
export async function claimStep(
  tx: Tx,
  step: { teamId: string; callSid: string; step: number },
  now: number,
  leaseMs: number,
): Promise<StepClaim> {
  const { voiceSteps } = tx.t;
  const inserted = await stepInsertion(tx).execute({ ...step, leaseUntil: now + leaseMs });
  if (inserted.length > 0) return { kind: "first" };
  const isThisStep = and(eq(voiceSteps.callSid, step.callSid), eq(voiceSteps.step, step.step));
  const answer = await findAnswer(tx, step.callSid, step.step);
  if (answer !== null) return { kind: "answered", answer };
  const taken = await tx.q
    .update(voiceSteps)
    .set({ leaseUntil: now + leaseMs })
    .where(and(isThisStep, isNull(voiceSteps.answer), lte(voiceSteps.leaseUntil, now)))
    .returning({ step: voiceSteps.step });
  return taken.length > 0 ? { kind: "first" } : { kind: "under-way" };
}

export async function findAnswer({ q, t }: Reader, callSid: string, step: number): Promise<Answer | null> {
  const [row] = await q
    .select({ answer: t.voiceSteps.answer })
    .from(t.voiceSteps)
    .where(and(eq(t.voiceSteps.callSid, callSid), eq(t.voiceSteps.step, step)));
  return row?.answer ?? null;
}

const answerInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.voiceSteps)
    .values({ ...placeholders("teamId", "callSid", "step", "answer"), leaseUntil: 0 })
    .onConflictDoUpdate({ target: [t.voiceSteps.callSid, t.voiceSteps.step], set: { answer: sql`excluded.answer` } }),
);

export async function saveAnswer(
  tx: Tx,
  step: { teamId: string; callSid: string; step: number },
  answer: Answer,
): Promise<void> {
  await answerInsertion(tx).execute({ ...step, answer });
}
