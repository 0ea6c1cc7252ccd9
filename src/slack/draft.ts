import { z } from "zod";
import type { SeriesPlan } from "../conference/series.ts";

/** A call that somebody described in words and has not confirmed: carried by the buttons under it, kept nowhere else. */
export type Draft = {
  /** What it is known by: it is scheduled once, however often and wherever it is confirmed. */
  id: string;
  plan: Omit<SeriesPlan, "inviteeIds" | "notes">;
  /** Slack users whom it invites; none: everybody on the roster. */
  mentions: string[];
};

/** Slack's limit for the value of a button. */
const MAX_LENGTH = 2000;

const minutesBefore = z.number().int().nullable();
const Carried = z.strictObject({
  id: z.string().min(1),
  plan: z.strictObject({
    title: z.string(),
    startsLocal: z.string(),
    zone: z.string(),
    minutes: z.number(),
    rule: z.string().nullable(),
    untilDay: z.string().nullable(),
    channelReminderMinutes: minutesBefore,
    personalReminderMinutes: minutesBefore,
    callsEveryone: z.boolean(),
  }),
  mentions: z.array(z.string()),
});

/** @returns null when it is too long for a button */
export function packDraft({ id, plan, mentions }: Draft): string | null {
  const packed = JSON.stringify(Carried.parse({ id, plan: Carried.shape.plan.strip().parse(plan), mentions }));
  return packed.length > MAX_LENGTH ? null : packed;
}

/** @returns null for what no button of ours carries */
export function unpackDraft(packed: string): Draft | null {
  try {
    return Carried.safeParse(JSON.parse(packed)).data ?? null;
  } catch {
    return null;
  }
}
