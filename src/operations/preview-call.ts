import type { Actor } from "../conference/moderation.ts";
import { mayModerate, type Permission } from "../conference/moderation.ts";
import { checkPlan, type PlanProblem } from "../conference/plan.ts";
import type { Participant } from "../conference/roster.ts";
import type { Occurrence, SeriesPlan } from "../conference/series.ts";
import { nextOccurrences } from "../conference/upcoming.ts";
import { listRoster } from "../db/roster.ts";
import type { NoConference } from "./change-conference.ts";
import { type ClashWith, findClashes } from "./find-clashes.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";
import { findInvitees, type Invited, type NotInvitable } from "./schedule-call.ts";

export type Preview = {
  kind: "preview";
  plan: SeriesPlan;
  first: Occurrence[];
  /** Those who are named; null for everybody on the roster. */
  invited: Participant[] | null;
  rosterSize: number;
  clashes: ClashWith[];
};

const SHOWN = 3;

/** What a call would be, before it counts. Changes nothing. */
export async function previewCall(
  line: Line,
  asked: { actor: Actor | null; channelId: string; plan: Omit<SeriesPlan, "inviteeIds">; invited: Invited },
): Promise<
  | Preview
  | { kind: "denied"; permission: Permission["kind"] }
  | { kind: "faulty"; problems: PlanProblem[] }
  | NoConference
  | NotInvitable
> {
  const previewed = await readConference(line, asked.channelId, async (reader, { id, teamId }) => {
    const roster = await listRoster(reader, id);
    const permission = mayModerate(asked.actor, { teamId, roster }, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind } as const;
    const invitees = findInvitees(roster, asked.invited);
    if (invitees.kind !== "invitees") return invitees;
    const { inviteeIds } = invitees;
    const plan = { ...asked.plan, inviteeIds };
    const now = line.clock.now();
    const problems = checkPlan(plan, now);
    if (problems.length > 0) return { kind: "faulty", problems } as const;
    const invited = inviteeIds === null ? null : roster.filter((person) => inviteeIds.includes(person.id));
    const first = nextOccurrences(plan, [], now, SHOWN);
    const clashes = await findClashes(reader, id, { id: null, plan }, now);
    return { kind: "preview", plan, first, invited, rosterSize: roster.length, clashes } as const;
  });
  return previewed ?? { kind: "no-conference" };
}
