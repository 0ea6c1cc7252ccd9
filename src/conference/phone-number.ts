import { type CountryCode, getCountries, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** A telephone number in E.164: "+" and 7 to 15 digits. Only the functions of this file make one. */
export type PhoneNumber = string & { readonly brand: "E.164" };

export type ParsedNumber =
  | { kind: "number"; number: PhoneNumber }
  /** No number of any country's plan. */
  | { kind: "invalid" }
  /** One that costs its owner's callers extra: a text to it would cost us. */
  | { kind: "premium-rate" };

const E164 = /^\+[1-9]\d{6,14}$/;

/** Ofcom's numbers for drama: libphonenumber knows those of North America (555-01xx) for valid, these it does not. */
const KEPT_FOR_FICTION = /^\+447700900\d{3}$/;

/** A withheld caller ID spelled on a keypad: ANONYMOUS, RESTRICTED, UNAVAILABLE, BLOCKED, UNKNOWN. */
const WITHHELD_ON_A_KEYPAD = new Set(
  ["266696687", "7378742833", "86282452253", "2562533", "8656696"].flatMap((digits) => [`+${digits}`, `+1${digits}`]),
);

export function isCountry(code: string): code is CountryCode {
  return getCountries().some((country) => country === code);
}

/**
 * Reads a number as people type it.
 *
 * @param country whose national format a number without "+" is in, ISO 3166 alpha-2
 */
export function parsePhoneNumber(text: string, country: CountryCode): ParsedNumber {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  if (parsed === undefined || parsed.ext !== undefined) return { kind: "invalid" };
  if (!parsed.isValid() && !KEPT_FOR_FICTION.test(parsed.number)) return { kind: "invalid" };
  if (parsed.getType() === "PREMIUM_RATE") return { kind: "premium-rate" };
  return asE164(parsed.number);
}

export type CallerId =
  | { kind: "number"; number: PhoneNumber }
  /** The caller, or a carrier, chose not to say. */
  | { kind: "withheld" }
  /** Something that is no telephone number: a SIP address, a client name, letters. */
  | { kind: "malformed" };

const WITHHELD_WORDS = new Set(["", "anonymous", "restricted", "private", "unavailable", "unknown", "blocked"]);

/** Says who a call claims to come from. Nothing is trimmed or repaired: what is not exactly E.164 is nobody. */
export function readCallerId(from: string): CallerId {
  if (WITHHELD_WORDS.has(from.toLowerCase()) || WITHHELD_ON_A_KEYPAD.has(from)) return { kind: "withheld" };
  const parsed = asE164(from);
  return parsed.kind === "number" ? parsed : { kind: "malformed" };
}

/** As people read it: `+1 202 555 0190`. */
export function international(number: PhoneNumber): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** All that a channel or a log may show of a number: its last two digits. */
export function maskPhoneNumber(number: PhoneNumber): string {
  return `•••• ${number.slice(-2)}`;
}

function asE164(text: string): { kind: "number"; number: PhoneNumber } | { kind: "invalid" } {
  return isE164(text) ? { kind: "number", number: text } : { kind: "invalid" };
}

function isE164(text: string): text is PhoneNumber {
  return E164.test(text);
}
