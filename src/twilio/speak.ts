import type { Request, Response } from "express";
import { z } from "zod";
import type { Answer } from "../conference/admission.ts";
import type { Step } from "../operations/answer-step.ts";
import { answerTwiml, type Urls } from "./twiml.ts";

/** A caller hears within 5 s that something is broken. */
const ANSWER_WITHIN_MS = 4500;

export const callSid = z.string().regex(/^CA[0-9a-fA-F]{32}$/);
export const text = (max: number) => z.string().max(max);
export const Call = z.object({ CallSid: callSid });
const StepNumber = z.coerce.number().int().min(1).max(1000);

/** Of a call's steps and tries there are few: enough for all that callers are asked at a busy time. */
const DOCUMENTS_KEPT = 500;

export type SpeakDeps = { urls: Urls; clock: { track<T>(work: Promise<T>): Promise<T> } };

/** Answers a caller with TwiML, in time: what takes too long is an apology, never a silent line. */
export function speak({ urls, clock }: SpeakDeps, act: (req: Request) => Promise<Answer>) {
  const asksForCode = keptDocuments((answer) => answerTwiml(answer, urls));
  return async (req: Request, res: Response): Promise<void> => {
    const answer = await inTime(clock.track(act(req)));
    sendTwiml(res, answer.kind === "ask-code" ? asksForCode(answer) : answerTwiml(answer, urls));
  };
}

/** Everybody is asked for a code in the same words: in a join storm, writing them anew each time would cost a tenth. */
function keptDocuments(write: (answer: Answer) => string): (answer: Answer) => string {
  const kept = new Map<string, string>();
  return (answer) => {
    const key = JSON.stringify(answer);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size === DOCUMENTS_KEPT) kept.clear();
    const document = write(answer);
    kept.set(key, document);
    return document;
  };
}

export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("a webhook was not answered in time")), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function stepOf(req: Request): Step {
  return { callSid: Call.parse(req.body).CallSid, step: StepNumber.parse(req.params["step"]) };
}

export function sendTwiml(res: Response, twiml: string): void {
  res.type("text/xml").send(twiml);
}
