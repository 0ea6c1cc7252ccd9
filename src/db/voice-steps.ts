import { and, eq, isNull, lte, type Placeholder, sql } from "drizzle-orm";
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

/** The row of a call, by what Twilio calls it. */
const legId = ({ callLegs }: Reader["t"], callSid: string | Placeholder) =>
  sql<number>`(select ${callLegs.id} from ${callLegs} where ${callLegs.callSid} = ${callSid})`;

const stepInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.voiceSteps)
    .values({
      ...placeholders("teamId", "step", "leaseUntil"),
      legId: legId(t, sql.placeholder("callSid")),
    })
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
  const isThisStep = and(eq(voiceSteps.legId, legId(tx.t, step.callSid)), eq(voiceSteps.step, step.step));
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
    .where(and(eq(t.voiceSteps.legId, legId(t, callSid)), eq(t.voiceSteps.step, step)));
  return row?.answer ?? null;
}

const answerInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.voiceSteps)
    .values({
      ...placeholders("teamId", "step", "answer"),
      legId: legId(t, sql.placeholder("callSid")),
      leaseUntil: 0,
    })
    .onConflictDoUpdate({ target: [t.voiceSteps.legId, t.voiceSteps.step], set: { answer: sql`excluded.answer` } }),
);

export async function saveAnswer(
  tx: Tx,
  step: { teamId: string; callSid: string; step: number },
  answer: Answer,
): Promise<void> {
  await answerInsertion(tx).execute({ ...step, answer });
}
