import type { StrangersContent } from "../../conference/message-content.ts";
import { date, escape, utc } from "../mrkdwn.ts";
import { capital, context, counted, fallback, listSections, section, type SlackMessage } from "./blocks.ts";
import { carrierSays } from "./carrier.ts";

const HINT = "If you know them: `/conf add` and their name and number lets them in.";

/** Calls from numbers on no roster, one or many. */
export function strangersMessage(strangers: StrangersContent): SlackMessage {
  const [only] = strangers.calls;
  if (only === undefined || strangers.count > 1) return manyStrangers(strangers);
  const say = (shown: typeof date) => `${callLine(only, shown)}.`;
  const headline = "A call from a number on no roster";
  return {
    text: fallback([`${headline}: ${say(utc)}`]),
    blocks: [section(`:grey_question: *${headline}*\n${capital(say(date))}`), context(HINT)],
  };
}

function manyStrangers({ count, calls, firstAt, lastAt }: StrangersContent): SlackMessage {
  const headline = `${counted(count, "call")} from numbers on no roster`;
  const period = (shown: typeof date) => `${shown(firstAt, "time")} to ${shown(lastAt, "time")}`;
  const lines = (shown: typeof date) => calls.map((call) => callLine(call, shown));
  const latest = count > calls.length && calls.length > 0 ? ` The latest ${calls.length}:` : "";
  return {
    text: fallback([`${headline}, ${period(utc)}.${latest}`, lines(utc).join("; ")]),
    blocks: [
      section(`:grey_question: *${headline}*\n${period(date)}.${latest}`),
      ...listSections(
        "",
        lines(date).map((line) => `• ${line}`),
        "\n",
      ),
      context(HINT),
    ],
  };
}

function callLine(call: StrangersContent["calls"][number], shown: typeof date): string {
  const number = call.maskedNumber === null ? "number withheld or malformed" : escape(call.maskedNumber);
  // Of no number there is none that a carrier could vouch for.
  const carrier = call.maskedNumber === null ? "" : `, ${carrierSays(call.verdict)}`;
  return `${number}, ${shown(call.at, "time")}${carrier}`;
}
