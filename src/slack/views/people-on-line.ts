import type { SectionBlock } from "@slack/types";
import type { AttendeeState } from "../../conference/attendance.ts";
import type { PersonOnLine } from "../../conference/message-content.ts";
import { date, person } from "../mrkdwn.ts";
import { listSections } from "./blocks.ts";
import { carrierSays, hasFailedCheck } from "./carrier.ts";

/** Where people are listed, and what is said of them there besides. `left` is nowhere. */
const STATES: Record<AttendeeState, { group: string; mark: string } | null> = {
  "on-call": { group: "On the call", mark: "" },
  muted: { group: "On the call", mark: "muted" },
  "on-hold": { group: "On the call", mark: "on hold" },
  "in-menu": { group: "On the call", mark: "in the keypad menu" },
  joining: { group: "Joining", mark: "" },
  waiting: { group: "Waiting", mark: "" },
  verifying: { group: "Verifying", mark: "" },
  left: null,
};

const GROUPS = ["On the call", "Joining", "Waiting", "Verifying"] as const;

/**
 * How much is said of each: a line of their own with the carrier's word only when it is bad, or always; or their name
 * only.
 */
export type Detail = "line" | "line-with-carrier" | "name";

export type Group = { name: string; people: PersonOnLine[] };

/** The people on the line by what they are doing, without empty groups. */
export function groupsOf(onLine: readonly PersonOnLine[]): Group[] {
  return GROUPS.map((name) => ({
    name,
    people: onLine.filter(({ state }) => STATES[state]?.group === name),
  })).filter(({ people }) => people.length > 0);
}

/** @param most so many of a group are named, and the rest are a count */
export function groupSections(
  groups: readonly Group[],
  detail: Detail,
  maxNameLength: number,
  most = Number.POSITIVE_INFINITY,
): SectionBlock[] {
  const isLines = detail !== "name";
  return groups.flatMap(({ name, people }) => {
    const named = people.slice(0, most);
    const items = named.map((one) => (isLines ? line(one, detail, maxNameLength) : briefly(one, maxNameLength)));
    const rest = people.length > most ? [`and ${people.length - most} more`] : [];
    return listSections(`*${name} (${people.length})*\n`, [...items, ...rest], isLines ? "\n" : ", ");
  });
}

/** The same groups as sentences. */
export function groupSentences(groups: readonly Group[], detail: Detail): string[] {
  return groups.map(({ name, people }) => {
    const carrier = (one: PersonOnLine) => (detail === "line-with-carrier" ? ` (${carrierSays(one.verdict)})` : "");
    return `${name}: ${people.map((one) => `${briefly(one, 80)}${carrier(one)}`).join(", ")}.`;
  });
}

function line(one: PersonOnLine, detail: Detail, maxNameLength: number): string {
  const isBad = hasFailedCheck(one.verdict);
  const carrier = `${isBad ? ":warning: " : ""}${carrierSays(one.verdict)}`;
  const parts = [
    person(one, maxNameLength),
    one.role === "moderator" ? "moderator" : "",
    `since ${date(one.sinceAt, "time")}`,
    STATES[one.state]?.mark ?? "",
    isBad || detail === "line-with-carrier" ? carrier : "",
  ];
  return `• ${parts.filter((part) => part !== "").join(" · ")}`;
}

function briefly(one: PersonOnLine, maxNameLength: number): string {
  const marks = [
    one.role === "moderator" ? "moderator" : "",
    STATES[one.state]?.mark ?? "",
    hasFailedCheck(one.verdict) ? "number in doubt" : "",
  ].filter((mark) => mark !== "");
  return `${person(one, maxNameLength)}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`;
}
