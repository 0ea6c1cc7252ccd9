import {
  maskPhoneNumber,
  type ParsedNumber,
  parsePhoneNumber,
  type PhoneNumber,
} from "../../conference/phone-number.ts";
import type { Addition, Participant, Role } from "../../conference/roster.ts";
import { addToRoster } from "../../operations/add-to-roster.ts";
import type { SlackRequest } from "../../operations/change-conference.ts";
import { findOnRoster } from "../../operations/find-on-roster.ts";
import { mayChange } from "../../operations/may-change.ts";
import type { ParsedCommand, PersonText } from "../command-text.ts";
import { type ChannelStanding, findPerson, type SlackPerson } from "../directory.ts";
import { escape } from "../mrkdwn.ts";
import { complain } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { offerNumberMessage } from "../views/offer-number.ts";
import { addedWords } from "./added-words.ts";
import { type Asked, type ListenerDeps, requestOf } from "./context.ts";
import { channelComplaint, denial } from "./denials.ts";

type AddCommand = Extract<ParsedCommand, { kind: "add" }>;

const EXAMPLE = "/conf add @user +18005554321";
const OWN_NUMBER = complain(
  "That is this line's own number: everybody dials it. Add the number they call from.",
  EXAMPLE,
);

/** `/conf add`: puts somebody on the roster; without a number, offers the one on their Slack profile. */
export async function add(
  deps: ListenerDeps,
  asked: Asked,
  channel: ChannelStanding,
  command: AddCommand,
): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const permission = await mayChange(deps.line, request.actor, asked.channelId);
  if (permission.kind !== "allowed") return denial(permission.kind);
  const number = readNumber(deps, command.numberText);
  if (number.kind !== "number" && number.kind !== "none") return number.complaint;
  const person = await readPerson(deps, command.person);
  if (person.kind === "complaint") return person.complaint;
  const typed = number.kind === "number" ? number.number : null;
  const { profile } = person;
  const known = await findOnRoster(deps.line, asked.channelId, person.ref);
  if (typed === null && profile !== null && isWorthOffering(deps, profile, known, command.role)) {
    return offerProfileNumber(deps, asked, profile, command.role);
  }
  return save(deps, request, channel, { person: person.addition, phoneNumber: typed, role: command.role }, typed);
}

/** Whoever can dial in already is offered only a number that is new; a change of role needs none. */
function isWorthOffering(
  { defaultCountry }: ListenerDeps,
  { phone }: SlackPerson,
  known: Participant | null,
  role: Role | null,
): boolean {
  if (known === null) return true;
  if (role !== null) return false;
  const parsed = phone === null ? null : parsePhoneNumber(phone, defaultCountry);
  return known.phoneNumber === null || (parsed?.kind === "number" && parsed.number !== known.phoneNumber);
}

type ReadNumber =
  | { kind: "number"; number: PhoneNumber }
  | { kind: "none" }
  | { kind: "complaint"; complaint: SlackMessage };

function readNumber(deps: ListenerDeps, text: string | null): ReadNumber {
  if (text === null) return { kind: "none" };
  const parsed = parsePhoneNumber(text, deps.defaultCountry);
  if (parsed.kind === "number" && parsed.number === deps.linePhoneNumber) {
    return { kind: "complaint", complaint: OWN_NUMBER };
  }
  return parsed.kind === "number" ? parsed : { kind: "complaint", complaint: numberComplaint(parsed, text) };
}

function numberComplaint(parsed: Exclude<ParsedNumber, { kind: "number" }>, text: string): SlackMessage {
  const typed = `“${escape(text, 40)}”`;
  return parsed.kind === "premium-rate"
    ? complain(`${typed} is a premium-rate number, which I don't text.`, EXAMPLE)
    : complain(`${typed} is not a phone number that I understand. Write it with its country code.`, EXAMPLE);
}

type ReadPerson =
  | {
      kind: "person";
      addition: Addition["person"];
      ref: Parameters<typeof findOnRoster>[2];
      profile: SlackPerson | null;
    }
  | { kind: "complaint"; complaint: SlackMessage };

async function readPerson({ slack }: ListenerDeps, person: PersonText): Promise<ReadPerson> {
  if (person.kind === "text") {
    const { text: name } = person;
    return { kind: "person", addition: { kind: "guest", name }, ref: { kind: "name", name }, profile: null };
  }
  const found = await findPerson(slack, person.userId);
  if (found === null)
    return {
      kind: "complaint",
      complaint: complain("Slack could not tell me who that is. Please try again in a moment."),
    };
  if (found.actor.isBot)
    return {
      kind: "complaint",
      complaint: complain(`${escape(found.name)} is an app, and apps don't make phone calls.`),
    };
  if (found.actor.isDeleted)
    return {
      kind: "complaint",
      complaint: complain(
        `${escape(found.name)}'s Slack account is deactivated. Add them by name instead.`,
        "/conf add Blathers +18005559876",
      ),
    };
  const { userId } = person;
  return {
    kind: "person",
    addition: { kind: "user", userId, name: found.name },
    ref: { kind: "user", userId },
    profile: found,
  };
}

async function offerProfileNumber(
  deps: ListenerDeps,
  asked: Asked,
  profile: SlackPerson,
  role: Role | null,
): Promise<SlackMessage> {
  const { name, phone, actor } = profile;
  const parsed = phone === null ? null : parsePhoneNumber(phone, deps.defaultCountry);
  if (parsed?.kind !== "number") {
    return complain(`${escape(name)}'s Slack profile has no phone number that I understand. Type it.`, EXAMPLE);
  }
  if (parsed.number === deps.linePhoneNumber) return OWN_NUMBER;
  const offer = { userId: actor.userId, role, proof: proofOf(deps, asked.channelId, actor.userId, parsed.number) };
  return offerNumberMessage({
    name,
    maskedNumber: maskPhoneNumber(parsed.number),
    role,
    addValue: JSON.stringify(offer),
  });
}

/** Ties an offer to the number that was offered, without the button carrying it. */
export function proofOf({ sign }: ListenerDeps, channelId: string, userId: string, number: PhoneNumber): string {
  return sign(`offer/${channelId}/${userId}/${number}`);
}

/** Saves an addition, and words what came of it. Null for a repeated request: its answer was given. */
export async function save(
  { line, linePhoneNumber }: ListenerDeps,
  request: SlackRequest,
  channel: ChannelStanding,
  addition: Addition,
  typed: PhoneNumber | null,
): Promise<SlackMessage | null> {
  if (channel.kind !== "member") return channelComplaint(channel.kind);
  const added = await addToRoster(line, { ...request, title: channel.title, addition });
  return addedWords(added, typed, linePhoneNumber);
}
