import type { CountryCode } from "libphonenumber-js/max";
import type { PhoneNumber } from "../../conference/phone-number.ts";
import { parsePhoneNumber } from "../../conference/phone-number.ts";
import { isZone } from "../../conference/zone.ts";
import type { PersonRef } from "../../conference/roster.ts";
import type { SlackRequest } from "../../operations/change-conference.ts";
import type { Log } from "../../log.ts";
import type { Line } from "../../operations/line.ts";
import type { PersonText } from "../command-text.ts";
import { findPerson, type SlackForms, type SlackLookups, type SlackPerson } from "../directory.ts";
import type { SlackMessage } from "../views/blocks.ts";

export type CalendarUrls = {
  /** What a calendar program subscribes to: all calls of a channel. */
  subscription(token: string): string;
  /** One of its calls, as a file. */
  file(token: string, seriesId: string): string;
};

/** What the listeners work with. */
export type ListenerDeps = {
  line: Line;
  slack: SlackLookups & SlackForms;
  log: Log;
  /** The number that everybody dials. */
  linePhoneNumber: PhoneNumber;
  defaultCountry: CountryCode;
  /** Addresses of calendars. Whoever has one may read it. */
  calendarUrls: CalendarUrls;
  /** Vouches for a number across two requests, without carrying it. */
  sign(text: string): string;
};

/** Who typed or clicked, and where. */
export type Asked = {
  key: string;
  userId: string;
  channelId: string;
  /** Opens one modal, within three seconds. */
  triggerId: string;
};

/** An answer to a click that leaves the message of the button where it is: what it offers still stands. */
export type Beside = { beside: SlackMessage };

/** The zone somebody's words are in: their own, as Slack knows it; UTC when it does not. */
export function zoneOf(person: SlackPerson | null): { zone: string; isKnown: boolean } {
  const zone = person?.zone ?? null;
  return zone !== null && isZone(zone) ? { zone, isKnown: true } : { zone: "UTC", isKnown: false };
}

/** Whom a typed word means: somebody's number if it is one, else their name. */
export function personRef({ defaultCountry }: ListenerDeps, person: PersonText): PersonRef {
  if (person.kind === "user") return person;
  const parsed = /^[+\d(]/.test(person.text) ? parsePhoneNumber(person.text, defaultCountry) : null;
  return parsed?.kind === "number" ? parsed : { kind: "name", name: person.text };
}

/** How a command names somebody again, in an example that works. */
export function typedAgain(person: PersonText): string {
  return person.kind === "user" ? "@user" : person.text;
}

/** Who asks, as Slack describes them at this very moment. */
export async function requestOf({ slack }: ListenerDeps, { key, userId, channelId }: Asked): Promise<SlackRequest> {
  const asker = await findPerson(slack, userId);
  return { key, actor: asker?.actor ?? null, channelId };
}
