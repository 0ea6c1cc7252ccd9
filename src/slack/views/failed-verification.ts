import type { KnownBlock } from "@slack/types";
import type { AlertContent, FailedCall } from "../../conference/message-content.ts";
import { date, utc } from "../mrkdwn.ts";
import { capital, context, counted, fallback, listSections, section, type SlackMessage } from "./blocks.ts";
import { accountOf, adviceOn, callerOf, lockOf, numberOf, whenOf } from "./failed-call.ts";
import { carrierSays } from "./carrier.ts";
import { manyFailuresMessage } from "./many-failures.ts";
import { isResettable, resetBlocks } from "./reset-button.ts";

const WARNING = "Caller ID can be forged; the code proves who it is.";

/** With more calls than this from one number, they are gathered as any many are. */
const MAX_RIVALS = 20;

/** The alert for calls that failed to verify, or are failing. A call that got in after all is told without alarm. */
export function failedVerificationMessage({ calls, isOneNumberTwice }: AlertContent): SlackMessage {
  const [only, ...others] = calls;
  const isList = others.length > 0 && (!isOneNumberTwice || calls.length > MAX_RIVALS);
  if (only === undefined || isList) return manyFailuresMessage(calls, WARNING);
  if (others.length > 0) return oneNumberTwice(only, calls);
  return only.wasAdmitted ? resolved(only) : failed(only);
}

function resolved(call: FailedCall): SlackMessage {
  const text = `${callerOf(call)} proved who they are: ${accountOf(call)}, ${whenOf(call, utc)}.`;
  const shown = `:white_check_mark: *${callerOf(call)} proved who they are*\n${capital(accountOf(call))}, ${whenOf(call, date)}.`;
  return { text, blocks: [section(shown)] };
}

function failed(call: FailedCall): SlackMessage {
  const headline =
    call.failure === null
      ? `A caller from ${numberOf(call)} is failing to verify`
      : `A call from ${numberOf(call)} failed to verify`;
  const sentences = (shown: typeof date) => [
    `${capital(accountOf(call))}, ${whenOf(call, shown)}.`,
    `${capital(carrierSays(call.verdict))}.`,
    adviceOn(call),
  ];
  const blocks: KnownBlock[] = [
    section([`:warning: *${headline}*`, ...sentences(date), lockLine(call)].filter(isSaid).join("\n")),
    context(WARNING),
    ...resetBlocks([call]),
  ];
  return { text: fallback([`${headline}.`, ...sentences(utc), lockOf(call, utc), WARNING]), blocks };
}

/** Two people cannot both be the owner of a number: whether or not one of them got in, somebody should look. */
function oneNumberTwice(first: FailedCall, calls: readonly FailedCall[]): SlackMessage {
  const headline = `${counted(calls.length, "call")} claimed ${numberOf(first)}`;
  const locked = calls.find(isResettable) ?? first;
  const account = (shown: typeof date) =>
    calls.map((call) => `${capital(accountOf(call))}, ${whenOf(call, shown)}; ${carrierSays(call.verdict)}.`);
  const lines = [...account(date).map((line) => `• ${line}`), lockLine(locked)].filter(isSaid);
  return {
    text: fallback([`${headline}.`, ...account(utc), lockOf(locked, utc), WARNING]),
    blocks: [...listSections(`:warning: *${headline}*\n`, lines, "\n"), context(WARNING), ...resetBlocks(calls)],
  };
}

function lockLine(call: FailedCall): string {
  const lock = lockOf(call, date);
  return lock === "" ? "" : `:lock: ${lock}`;
}

function isSaid(line: string): boolean {
  return line !== "";
}
