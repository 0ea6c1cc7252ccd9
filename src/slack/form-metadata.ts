import { z } from "zod";

/** What a form is about: it comes back with what was filled in. */
export type FormMetadata = {
  channelId: string;
  /** The zone in which the call keeps its time of day. */
  zone: string;
  /** The draft that it was opened from. */
  draftId: string | null;
  /** When it was shown to start, by the clock of that zone. */
  shownLocal: string;
  /** A rule that is none of the choices, which may be kept. */
  rule: string | null;
  editing: Editing | null;
};

/** What is edited, as it was when the form was opened. */
export type Editing = {
  seriesId: string;
  sequence: number;
  extent: "one" | "all";
  /** The call that was shown. */
  day: string;
  /** When the first call of the series starts, and by which rule they come. */
  startsLocal: string;
  rule: string | null;
};

const Metadata = z.strictObject({
  channelId: z.string().min(1),
  zone: z.string().min(1),
  draftId: z.string().nullable(),
  shownLocal: z.string(),
  rule: z.string().nullable(),
  editing: z
    .strictObject({
      seriesId: z.string(),
      sequence: z.number(),
      extent: z.enum(["one", "all"]),
      day: z.string(),
      startsLocal: z.string(),
      rule: z.string().nullable(),
    })
    .nullable(),
});

export function packMetadata(metadata: FormMetadata): string {
  return JSON.stringify(metadata);
}

/** @returns null for what no form of ours carries */
export function unpackMetadata(packed: string): FormMetadata | null {
  try {
    return Metadata.safeParse(JSON.parse(packed)).data ?? null;
  } catch {
    return null;
  }
}
