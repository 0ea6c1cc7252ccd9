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

export type SpeakDeps = { urls: Urls; clock: { track<T>(work: Promise<T>): Promise<T> } };

/** Answers a caller with TwiML, in time: what takes too long is an apology, never a silent line. */
export function speak({ urls, clock }: SpeakDeps, act: (req: Request) => Promise<Answer>) {
  return async (req: Request, res: Response): Promise<void> => {
    const answer = await inTime(clock.track(act(req)));
    sendTwiml(res, answerTwiml(answer, urls));
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
