import type { Actor } from "../conference/moderation.ts";
import { mayModerate, mayTakePart } from "../conference/moderation.ts";
import type { Answer, Occurrence, Series } from "../conference/series.ts";
import { nextOccurrences } from "../conference/upcoming.ts";
import type { Reader } from "../db/database.ts";
import { listRoster } from "../db/roster.ts";
import { listAnswers, listExceptionsOf, listOpenSeries } from "../db/series.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

export type UpcomingCall = { series: Series; next: Occurrence; answers: Record<Answer, number> };

export type Upcoming = {
  title: string;
  /** Whether who asks may change them. */
  isModerator: boolean;
  /** Whether they may have the calendar's address, which goes on telling for ever: guests and people from outside may not. */
  isMember: boolean;
  /** The next call of each series, soonest first. */
  calls: UpcomingCall[];
  /** The numbers of those that are not among them, as soon as they come. */
  more: number[];
};

const MAX_SHOWN = 10;

/**
 * What is scheduled in a channel; null without a conference.
 *
 * @param asked.number the one call that is wanted; null for all
 */
export async function listUpcoming(
  line: Line,
  { actor, channelId, number }: { actor: Actor | null; channelId: string; number: number | null },
): Promise<Upcoming | null> {
  return readConference(line, channelId, async (reader, { id, title, teamId }) => {
    const roster = await listRoster(reader, id);
    const isModerator = mayModerate(actor, { teamId, roster }, line.teamId).kind === "allowed";
    const open = await listOpenSeries(reader, id);
    const wanted = number === null ? open : open.filter((series) => series.number === number);
    const all = await nextOfEach(reader, id, wanted, line.clock.now());
    const onRoster = new Set(roster.map((person) => person.id));
    const calls = await Promise.all(
      all.slice(0, MAX_SHOWN).map(async ({ series, next }) => {
        const answers = await listAnswers(reader, series.id);
        return { series, next, answers: count(answers.filter(({ participantId }) => onRoster.has(participantId))) };
      }),
    );
    const isMember = mayTakePart(actor, line.teamId).kind === "allowed";
    return { title, isModerator, isMember, calls, more: all.slice(MAX_SHOWN).map(({ series }) => series.number) };
  });
}

/** The next call of each series that has one, soonest first. */
async function nextOfEach(
  reader: Reader,
  conferenceId: string,
  open: readonly Series[],
  now: number,
): Promise<{ series: Series; next: Occurrence }[]> {
  const found: { series: Series; next: Occurrence }[] = [];
  const exceptions = await listExceptionsOf(reader, conferenceId);
  for (const series of open) {
    const [next] = nextOccurrences(series, exceptions.get(series.id) ?? [], now, 1);
    if (next !== undefined) found.push({ series, next });
  }
  return found.toSorted((a, b) => a.next.startsAt - b.next.startsAt || a.series.number - b.series.number);
}

function count(answers: readonly { answer: Answer }[]): Record<Answer, number> {
  const of = (wanted: Answer) => answers.filter(({ answer }) => answer === wanted).length;
  return { yes: of("yes"), maybe: of("maybe"), no: of("no") };
}
