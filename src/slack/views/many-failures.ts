import type { KnownBlock, SectionBlock } from "@slack/types";
import type { FailedCall } from "../../conference/message-content.ts";
import { date, utc } from "../mrkdwn.ts";
import {
  context,
  counted,
  fallback,
  firstThatFits,
  listSections,
  section,
  type SlackMessage,
  someOf,
} from "./blocks.ts";
import { carrierSays, hasFailedCheck } from "./carrier.ts";
import { accountOf, callerOf, lockOf, whenOf } from "./failed-call.ts";
import { isResettable, resetButton } from "./reset-button.ts";

/** With more calls than this, they are gathered into lists, without buttons. */
const MAX_SECTIONS = 20;

/** Many calls that failed to verify in one message, each of them named. */
export function manyFailuresMessage(calls: readonly FailedCall[], warning: string): SlackMessage {
  const failures = calls.filter(({ wasAdmitted }) => !wasAdmitted);
  const isOver = failures.length === 0;
  const headline = isOver ? settled(calls.length) : `${counted(failures.length, "call")} failed to verify`;
  const top = section(`${isOver ? ":white_check_mark:" : ":warning:"} *${headline}*`);
  const bottom = isOver ? [] : [context(warning)];
  const render = (body: () => KnownBlock[]) => (): KnownBlock[] => [top, ...body(), ...bottom];
  const gathered = [80, 40, 20].map((length) => render(() => lines(calls, length)));
  const fewest = [40, 8].map((length) => render(() => byPerson(calls, length)));
  const each = calls.length > MAX_SECTIONS ? [] : [render(() => sections(calls))];
  const brief = calls.map((call) => `${callerOf(call)}: ${accountOf(call)}, ${whenOf(call, utc)}.`);
  return {
    text: fallback([`${headline}.`, ...brief, ...(isOver ? [] : [warning])]),
    blocks: firstThatFits([...each, ...gathered, ...fewest, render(() => [section(namesOf(calls))])]),
  };
}

function settled(count: number): string {
  return count === 0 ? "These calls are no longer of interest" : `${counted(count, "caller")} got in after all`;
}

/** One section a call, with one *Reset* a locked person. */
function sections(calls: readonly FailedCall[]): SectionBlock[] {
  const offered = new Set<string>();
  return calls.map((call) => {
    const text = section(`*${callerOf(call)}*\n${describe(call)}`);
    if (!isResettable(call) || offered.has(call.participantId)) return text;
    offered.add(call.participantId);
    return { ...text, accessory: resetButton(call) };
  });
}

function describe(call: FailedCall): string {
  const parts = [accountOf(call), whenOf(call, date), carrierSays(call.verdict)].join(" · ");
  const lock = lockOf(call, date);
  return lock === "" ? parts : `${parts}\n:lock: ${lock}`;
}

function lines(calls: readonly FailedCall[], maxNameLength: number): KnownBlock[] {
  const items = calls.map((call) => {
    const doubt = hasFailedCheck(call.verdict) ? ` · ${carrierSays(call.verdict)}` : "";
    const lock = isResettable(call) ? " :lock:" : "";
    return `• ${callerOf(call, maxNameLength)}: ${accountOf(call)}, ${whenOf(call, date)}${doubt}${lock}`;
  });
  return [...listSections("", items, "\n"), ...lockHint(calls)];
}

/** The same person's calls in one: still everybody named, and every call counted. */
function byPerson(calls: readonly FailedCall[], maxNameLength: number): KnownBlock[] {
  const firsts = calls.filter((call, index) => calls.findIndex((other) => isSamePerson(other, call)) === index);
  const items = firsts.map((first) => {
    const own = calls.filter((call) => isSamePerson(call, first));
    const lock = own.some(isResettable) ? " :lock:" : "";
    const wrongCodes = own.reduce((sum, call) => sum + call.wrongCodes, 0);
    const account = `${counted(own.length, "call")}, ${counted(wrongCodes, "wrong code")}`;
    return `${callerOf(first, maxNameLength)}: ${account}${lock}`;
  });
  return [...listSections("", items, "; "), ...lockHint(calls)];
}

function isSamePerson(a: FailedCall, b: FailedCall): boolean {
  return a.participantId === b.participantId && a.maskedNumber === b.maskedNumber;
}

function lockHint(calls: readonly FailedCall[]): KnownBlock[] {
  return calls.some(isResettable)
    ? [context(":lock: marks who is locked: `/conf reset` and their name lets them try again.")]
    : [];
}

function namesOf(calls: readonly FailedCall[]): string {
  return someOf([...new Set(calls.map((call) => callerOf(call, 8)))], 2500);
}
