import type { Series } from "../conference/series.ts";
import { holdSeries } from "../db/series.ts";
import type { Change } from "./change-conference.ts";

export type NoSuchCall = {
  kind: "no-such-call";
  /** Over, cancelled, or of another channel; or, of a series, that one call has begun or was cancelled. */
  why: "over" | "begun-or-cancelled";
};

/** Takes a scheduled call of this conference that is not over, until the transaction ends. */
export async function holdOpenSeries(
  { tx, conference }: Pick<Change, "tx" | "conference">,
  seriesId: string,
): Promise<{ kind: "open"; found: Series } | NoSuchCall> {
  const found = await holdSeries(tx, seriesId);
  const isOpen = found !== null && found.conferenceId === conference.id && found.finishedAt === null;
  return isOpen ? { kind: "open", found } : { kind: "no-such-call", why: "over" };
}
