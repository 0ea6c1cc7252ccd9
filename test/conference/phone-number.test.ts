import { describe, expect, it } from "vitest";
import { keptAsCallersSayIt, onlyTheVerySame } from "../../proof/fuzz/numbers.ts";
import { failureOf } from "../../proof/fuzz/property.ts";
import {
  international,
  isCountry,
  maskPhoneNumber,
  parsePhoneNumber,
  readCallerId,
} from "../../src/conference/phone-number.ts";

/** Nothing here is built by what is tested: when that is broken, these tests are to fail, not to be missing. */
const MABELS_NUMBER = "+12025550112";

/** Caller IDs that look like Mabel's number to a person, a suffix match or a lenient parser. */
const LOOK_ALIKES = [
  "+99912025550112",
  "12025550112",
  "2025550112",
  "0012025550112",
  "++12025550112",
  "+1 202 555 0112",
  "+1-202-555-0112",
  "+1(202)5550112",
  " +12025550112",
  "+12025550112 ",
  "+12025550112\n",
  "+12025550112\u0000",
  "+12025550112;ext=1",
  "+12025550112,,1",
  "+12025550112@example.org",
  "tel:+12025550112",
  "sip:+12025550112@example.org",
  "sips:+12025550112@example.org",
  "client:+12025550112",
  "whatsapp:+12025550112",
  "+１２０２５５５０１１２",
  "＋12025550112",
  "+١٢٠٢٥٥٥٠١١٢",
  "\u202E+12025550112",
  "+12025550112\u202C",
  "\u200F+12025550112",
  "+1202\u200B5550112",
  "+012025550112",
  "+1202555O112",
  "+120255501122",
  "+1202555011",
];

describe("T7: a caller ID", () => {
  it("names its number when it is exactly E.164", () => {
    expect(readCallerId("+12025550112")).toEqual({ kind: "number", number: "+12025550112" });
    expect(readCallerId("+447700900123")).toEqual({ kind: "number", number: "+447700900123" });
  });

  it.each([
    "",
    "anonymous",
    "Anonymous",
    "RESTRICTED",
    "private",
    "unavailable",
    "unknown",
    "blocked",
    "+266696687",
    "+1266696687",
    "+7378742833",
    "+17378742833",
    "+86282452253",
    "+2562533",
    "+8656696",
  ])("%j is withheld", (from) => {
    expect(readCallerId(from)).toEqual({ kind: "withheld" });
  });

  it.each([
    ...["BANK", "client:mabel", "sip:mabel@example.org", "+", "+1", "+123456", "+1234567890123456", "٠", "null"],
    ...["tel:+12025550112", "++12025550112", "0+12025550112", " +12025550112", "+12025550112;ext=1", "+02025550112"],
  ])("%j is malformed", (from) => {
    expect(readCallerId(from)).toEqual({ kind: "malformed" });
  });

  it.each(LOOK_ALIKES)("%j is not Mabel", (from) => {
    expect(readCallerId(from)).not.toEqual({ kind: "number", number: MABELS_NUMBER });
  });

  it("is nobody's number but that of the very same characters", () => {
    expect(failureOf(onlyTheVerySame, 2000, 1)).toBeNull();
  });
});

describe("a number that somebody types", () => {
  it.each([
    ["+12025550123", "US", "+12025550123"],
    ["+447700900123", "US", "+447700900123"],
    ["(202) 555-0123", "US", "+12025550123"],
    ["202.555.0123", "US", "+12025550123"],
    ["+1 202-555-0123", "DE", "+12025550123"],
    ["07700 900123", "GB", "+447700900123"],
    ["030 901820", "DE", "+4930901820"],
    ["+18005554321", "US", "+18005554321"],
    ["+18005559876", "US", "+18005559876"],
  ] as const)("%s, typed in %s, is %s", (text, country, number) => {
    expect(parsePhoneNumber(text, country)).toEqual({ kind: "number", number });
  });

  it.each([
    "",
    "Mabel",
    "12345",
    "+1202555",
    "+10000000000",
    "+4477009001",
    "5550123",
    "+999123456789",
    "+1 202 555 0123 ext. 9",
    "call +12025550123",
    "+",
    // Beside Ofcom's numbers for fiction, and longer.
    "+4477009001234",
    "+447700901123",
    "+9447700900123",
  ])("%j is no valid number", (text) => {
    expect(parsePhoneNumber(text, "US")).toEqual({ kind: "invalid" });
  });

  it.each([
    ["+19002345678", "US"],
    ["900 234 5678", "US"],
    ["+449098790000", "US"],
    ["0909 879 0000", "GB"],
    ["+499001234567", "DE"],
  ] as const)("%s costs its callers extra", (text, country) => {
    expect(parsePhoneNumber(text, country)).toEqual({ kind: "premium-rate" });
  });

  it("is kept in a form that a caller ID can equal", () => {
    expect(failureOf(keptAsCallersSayIt, 100, 1)).toBeNull();
  });
});

it.each([
  ["+18005554321", "•••• 21", "+1 800 555 4321"],
  ["+447700900123", "•••• 23", "+44 7700 900123"],
  // Of no plan that is known: all that there is to show.
  ["+9991234567", "•••• 67", "+9991234567"],
])("shows two digits of %s, and no more; to who may see all, the whole", (text, masked, whole) => {
  const caller = readCallerId(text);

  expect(caller.kind === "number" && [maskPhoneNumber(caller.number), international(caller.number)]).toEqual([
    masked,
    whole,
  ]);
});

it("knows countries by their two letters, as ISO 3166 has them", () => {
  expect(["US", "DE", "GB"].map(isCountry)).toEqual([true, true, true]);
  expect(["us", "USA", "", "XX", "+1"].map(isCountry)).toEqual([false, false, false, false, false]);
});
