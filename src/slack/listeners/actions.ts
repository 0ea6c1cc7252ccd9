import { z } from "zod";
import { parsePhoneNumber } from "../../conference/phone-number.ts";
import { resetLockout } from "../../operations/reset-lockout.ts";
import { takeOffCall } from "../../operations/take-off-call.ts";
import { findChannel, findPerson } from "../directory.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { proofOf, save } from "./add.ts";
import { resetWords } from "./change.ts";
import { type Asked, type ListenerDeps, requestOf } from "./context.ts";
import { refusalWords } from "./denials.ts";

/** *Reset* on an alert: the same rule as `/conf reset`, asked anew of whoever clicked. */
export async function clickReset(
  deps: ListenerDeps,
  asked: Asked,
  participantId: string,
): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  return resetWords(await resetLockout(deps.line, { ...request, person: { kind: "id", participantId } }));
}

/** *Remove* beside the news that somebody joined: puts them off the call, and leaves them on the roster. */
export async function clickTakeOffCall(
  deps: ListenerDeps,
  asked: Asked,
  participantId: string,
): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const done = await takeOffCall(deps.line, { ...request, participantId });
  switch (done.kind) {
    case "taken-off":
      return say(
        `:white_check_mark: I am taking *${escape(done.person.name)}* off the call. They are still on the roster: ` +
          "`/conf remove` and their name keeps them from coming back.",
      );
    case "not-on-call":
      return say(`*${escape(done.person.name)}* is not on the call any more.`);
    case "not-on-roster":
      return complain("They are not on this channel's roster any more.");
    case "repeat":
    case "denied":
    case "no-conference":
      return refusalWords(done);
  }
}

const Offer = z.object({
  userId: z.string(),
  role: z.enum(["moderator", "participant"]).nullable(),
  proof: z.string(),
});

/** *Add* on an offered profile number: it counts only while the profile still has the number that was offered. */
export async function clickAddOffered(deps: ListenerDeps, asked: Asked, value: string): Promise<SlackMessage | null> {
  const offer = Offer.safeParse(parseJson(value));
  if (!offer.success) return complain("That offer is broken. Please type the command again.");
  const { userId, role, proof } = offer.data;
  const found = await findPerson(deps.slack, userId);
  if (found === null) return complain("Slack could not tell me who that is. Please try again in a moment.");
  const parsed = found.phone === null ? null : parsePhoneNumber(found.phone, deps.defaultCountry);
  const isSame = parsed?.kind === "number" && proofOf(deps, asked.channelId, userId, parsed.number) === proof;
  if (!isSame)
    return complain(`The number on ${escape(found.name)}'s profile has changed since. Please type the command again.`);
  const [request, channel] = await Promise.all([requestOf(deps, asked), findChannel(deps.slack, asked.channelId)]);
  const person = { kind: "user", userId, name: found.name } as const;
  // Nobody typed it: it is not shown whole.
  return save(deps, request, channel, { person, phoneNumber: parsed.number, role }, null);
}

export function clickCancelOffer(): SlackMessage {
  return say("Nobody was added.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
