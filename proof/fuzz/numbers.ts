import fc from "fast-check";
import { readKeys } from "../../src/conference/admission.ts";
import { parsePhoneNumber, readCallerId } from "../../src/conference/phone-number.ts";
import { property } from "./property.ts";

const MABELS_NUMBER = "+12025550123";

const decoration = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom(
    "",
    " ",
    "\u200F",
    "\u202E",
    "\u200B",
    "\n",
    "\0",
    "+",
    "+999",
    "0",
    "00",
    "sip:",
    "@evil.example",
    "x1",
    ";ext=1",
  ),
);
const decorated = fc.tuple(decoration, decoration).map(([before, after]) => before + MABELS_NUMBER + after);
const someDigits = fc.string({ unit: fc.constantFrom(..."+0123456789"), maxLength: 17 });
/** The same number in other digits: full-width, Arabic, and what only looks like them. */
const inOtherDigits = fc
  .tuple(fc.constantFrom(0xff10, 0x0660, 0x06f0, 0x0966, 0x1d7ce), fc.integer({ min: 0, max: 2 ** 12 - 1 }))
  .map(([zero, which]) =>
    [...MABELS_NUMBER]
      .map((digit, index) =>
        /\d/.test(digit) && (which >> index) % 2 === 1 ? String.fromCodePoint(zero + Number(digit)) : digit,
      )
      .join(""),
  );
const oneOff = fc
  .tuple(fc.integer({ min: 0, max: MABELS_NUMBER.length }), fc.constantFrom("", ..."0123456789+ "))
  .map(([at, other]) => MABELS_NUMBER.slice(0, at) + other + MABELS_NUMBER.slice(at + 1));
const callerIds = fc.oneof(fc.string({ unit: "binary" }), decorated, someDigits, inOtherDigits, oneOff);

export const onlyTheVerySame = property(
  "a caller ID is nobody's number but that of the very same characters",
  4,
  callerIds,
  (from) => {
    const caller = readCallerId(from);
    const number = caller.kind === "number" ? caller.number : null;
    if (number !== null && number !== from) return `is repaired to ${number}`;
    return (number === MABELS_NUMBER) === (from === MABELS_NUMBER) ? null : "is taken for Mabel's";
  },
);

const typedNumbers = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."+0123456789 ()-."), maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  decorated,
  inOtherDigits,
);
const countries = fc.constantFrom("US", "DE", "GB", "FR", "NZ", "IT", "AR", "MX" as const);

export const keptAsCallersSayIt = property(
  "a number that is typed is kept as a caller ID can equal it, or not at all",
  2,
  fc.tuple(typedNumbers, countries),
  ([text, country]) => {
    const parsed = parsePhoneNumber(text, country);
    if (parsed.kind !== "number") return null;
    const again = parsePhoneNumber(parsed.number, "US");
    if (again.kind !== "number" || again.number !== parsed.number) return `${parsed.number} is not itself again`;
    return readCallerId(parsed.number).kind === "number" ? null : `${parsed.number} can call from nowhere`;
  },
);

export const sixDigitsOrNoGuess = property(
  "keys are a guess only when they are six digits",
  2,
  fc.tuple(
    fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."0123456789#*"), maxLength: 9 })),
    fc.constantFrom("", "#", "*"),
  ),
  ([digits, finishedOnKey]) => {
    const keyed = readKeys(digits, finishedOnKey);
    if (keyed.kind !== "guess") return null;
    return /^[0-9]{6}$/.test(keyed.code) && digits.replaceAll("#", "") === keyed.code ? null : `are ${keyed.code}`;
  },
);

export const numbers = [onlyTheVerySame, keptAsCallersSayIt, sixDigitsOrNoGuess];
