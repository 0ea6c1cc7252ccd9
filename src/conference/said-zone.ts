import { instantOf } from "./occurrences.ts";
import { isZone, zoneName } from "./zone.ts";
import { takeCity, zoneOfCity } from "./said-city.ts";
import { take, type Words } from "./said-words.ts";

const AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Canada|Etc|Europe|Indian|Pacific|US";
const PART = String.raw`[\p{L}\p{N}_+-]+`;
const IN_ZONE = new RegExp(String.raw`(?<!\S)in\s+(?<zone>${PART}(?:\/${PART})+)(?:\s+time\b)?`, "iu");
const BARE_ZONE = new RegExp(String.raw`(?<!\S)\(?(?<zone>(?:${AREAS})(?:\/${PART})+)(?:\s+time\b)?\)?`, "iu");
/** In capitals, for a cat is no Central Africa Time; but for those that are no words. */
const SHORT = String.raw`(?![AP]M\b)(?<abbreviation>[A-Z]{2,5}|[uU][tT][cC]|[gG][mM][tT]|[ecmpECMP][dsDS][tT]|[cCeE]e?[sS]?t|[bB]st)\b(?:\s+time\b)?`;
const TIME = String.raw`(?:\d\s*(?:[apAP]\.?[mM]\.?)?|[nN]oon|NOON|[mM]idnight|MIDNIGHT)`;
const DAY = String.raw`(?:[tT]oday|[tT]omorrow|[mM]on|[tT]ues?|[wW]ed(?:nes)?|[tT]hu(?:rs?)?|[fF]ri|[sS]at(?:ur)?|[sS]un)(?:day)?`;
/** Only beside a time: `15:00 EST`, `15:00 tomorrow EST`, never the title `MSK review`. */
const AFTER_TIME = new RegExp(
  String.raw`(?<=${TIME}(?:\s+(?:on\s+)?${DAY})?,?\s?)[(\[]?\b${SHORT}[)\]]?(?![+-]\d)`,
  "u",
);
const BEFORE_TIME = new RegExp(
  String.raw`(?<=(?:^|${DAY}),?\s*)\b${SHORT}(?=\s+(?:at\s+)?\d{1,2}(?::\d\d|\s?[apAP]\.?[mM]\b))`,
  "u",
);
/** “3pm +0200” is no time of a zone that changes its clocks. */
const BARE_OFFSET = new RegExp(String.raw`(?<=${TIME}\s+)[+-]\d{1,2}(?::?\d\d)?(?![\d:]|\S)`, "u");

const IN_ABBREVIATION = /(?<!\S)(?<=\s)in\s+(?<abbreviation>[A-Z]{2,5}|utc|gmt)(?:\s+time)?(?![\p{L}\p{N}_+/'’-])/u;

/** Abbreviations that people type, with the zones that may be meant: the first if it is not the speaker's own. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    UTC: ["UTC"],
    GMT: ["UTC"],
    ET: ["America/New_York"],
    CT: ["America/Chicago"],
    MT: ["America/Denver"],
    PT: ["America/Los_Angeles"],
    EST: ["America/New_York"],
    EDT: ["America/New_York"],
    CST: ["America/Chicago", "Asia/Shanghai", "Asia/Taipei", "America/Havana"],
    CDT: ["America/Chicago"],
    MST: ["America/Denver", "America/Phoenix"],
    MDT: ["America/Denver"],
    PST: ["America/Los_Angeles", "Asia/Manila"],
    PDT: ["America/Los_Angeles"],
    AKST: ["America/Anchorage"],
    AKDT: ["America/Anchorage"],
    HST: ["Pacific/Honolulu"],
    BRT: ["America/Sao_Paulo"],
    BST: ["Europe/London", "Asia/Dhaka"],
    WET: ["Europe/Lisbon"],
    WEST: ["Europe/Lisbon"],
    CET: ["Europe/Paris"],
    CEST: ["Europe/Paris"],
    EET: ["Europe/Athens"],
    EEST: ["Europe/Athens"],
    MSK: ["Europe/Moscow"],
    SAST: ["Africa/Johannesburg"],
    IST: ["Asia/Kolkata", "Asia/Calcutta", "Asia/Jerusalem", "Europe/Dublin"],
    SGT: ["Asia/Singapore"],
    HKT: ["Asia/Hong_Kong"],
    JST: ["Asia/Tokyo"],
    KST: ["Asia/Seoul"],
    AWST: ["Australia/Perth"],
    ACST: ["Australia/Adelaide"],
    ACDT: ["Australia/Adelaide"],
    AEST: ["Australia/Sydney", "Australia/Brisbane"],
    AEDT: ["Australia/Sydney"],
    NZST: ["Pacific/Auckland"],
    NZDT: ["Pacific/Auckland"],
  }),
);

/** Others that are in use, of which few type one: their names are those of no titles. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  ..."EAT WAT CAT PHT PHST ART CLT CLST COT PYT UYT BOT ECT GFT GYT VET WIB WITA WIT ICT MYT PKT NPT BTT MMT".split(
    " ",
  ),
  ..."UZT TRT GST AST ADT NST NDT IRST IRDT AFT AZT YEKT OMST KRAT IRKT YAKT VLAT MAGT SAMT MVT MUT CHST CHAST".split(
    " ",
  ),
  ..."NCT FJT TOT HKST WGT EGT AWDT ACWST NFT LHST BNT TLT SBT VUT PGT KGT TJT TMT QYZT".split(" "),
]);
/** `15:00 Europ/Paris`, and never the title `Design/Engineering`. */
const NEARLY_ZONE = new RegExp(
  String.raw`(?<=\d\s*(?:[ap]\.?m\.?)?\s|noon\s|midnight\s)\(?(?<zone>\p{Lu}\p{L}+\/(?<city>\p{Lu}${PART}))`,
  "iu",
);

/** Takes the zone that a call is said to be in; without one it is the speaker's. A problem where there is no such zone. */
export function takeZone(
  words: Words,
  own: string,
  year: number,
): { zone: string; isSaid: boolean; rest: Words } | { problem: string } {
  const named = take(words, IN_ZONE) ?? take(words, BARE_ZONE);
  if (named !== null) {
    const typed = named.found.groups?.["zone"] ?? "";
    if (isZone(typed)) return { zone: zoneName(typed), isSaid: true, rest: named.rest };
    return { problem: `I don't know the time zone “${typed}”: name one like Europe/Paris.` };
  }
  const nearly = NEARLY_ZONE.exec(words.text)?.groups ?? {};
  const isNearly = /_/.test(nearly["city"] ?? "") || zoneOfCity((nearly["city"] ?? "").replaceAll("_", " ")) !== null;
  if (nearly["zone"] !== undefined && isNearly) return unknownZone(nearly["zone"]);
  const offset = BARE_OFFSET.exec(words.text);
  if (offset !== null) return unknownZone(offset[0]);
  for (const pattern of [IN_ABBREVIATION, AFTER_TIME, BEFORE_TIME]) {
    const short = take(words, pattern);
    const typed = short?.found.groups?.["abbreviation"]?.toUpperCase() ?? "";
    if (UNSUPPORTED.has(typed)) return unknownZone(typed);
    const meant = ABBREVIATIONS.get(typed);
    if (short !== null && meant !== undefined)
      return { zone: meantZone(meant, own, year), isSaid: true, rest: short.rest };
  }
  const city = takeCity(words);
  if (city === null) return { zone: own, isSaid: false, rest: words };
  return "problem" in city ? city : { zone: city.zone ?? own, isSaid: city.zone !== null, rest: city.rest };
}

function unknownZone(typed: string): { problem: string } {
  return {
    problem: `I don't know the time zone “${typed}”: name one like Europe/Paris, or put the title in quotes.`,
  };
}

/** The speaker's own zone if its clocks may be meant: CET is Madrid's time too. */
function meantZone(meant: readonly string[], own: string, year: number): string {
  const [first = "UTC"] = meant;
  if (meant.includes(own)) return own;
  const isSame = ["01", "04", "07", "10"].every((month) => {
    const local = `${year}-${month}-15T12:00`;
    return instantOf(local, own) === instantOf(local, first);
  });
  return isSame ? own : first;
}
