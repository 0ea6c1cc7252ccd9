import { instantOf } from "./occurrences.ts";
import { MONTH, WEEKDAY } from "./said-days.ts";
import { take, without, type Words } from "./said-words.ts";
import { isZone, zoneName } from "./zone.ts";

const AREAS = [
  ..."America/Argentina America/Indiana America/Kentucky America/North_Dakota".split(" "),
  ..."Europe America Asia Australia Africa Pacific Atlantic Indian Antarctica Arctic".split(" "),
];
/** Of which people say “Pacific time”, but not “in Pacific”. */
const ZONES_OF_USA: ReadonlyMap<string, string> = new Map([
  ["eastern", "America/New_York"],
  ["central", "America/Chicago"],
  ["mountain", "America/Denver"],
  ["pacific", "America/Los_Angeles"],
]);
/** Enough for a title; looking up zones takes long. */
const MAX_CITIES = 5;

const NAME = String.raw`\p{L}[\p{L}.'’-]*`;
const WHEN = String.raw`(?:\d[:.h]\d\d|\d\s?[ap]\.?m\.?|(?:\bat|@)\s\d{1,2}|noon|midnight|clock|today|tonight|tomorrow|\p{L}days?)`;
/** `15:00 in London`, `3pm London time`: after what says when. */
const IN_AFTER_WHEN = new RegExp(String.raw`(?<=${WHEN}\s)in\s+(?<names>${NAME}(?:\s+${NAME}){0,2})`, "iu");
const IN = new RegExp(String.raw`(?<!\S)in\s+(?<names>\p{Lu}[\p{L}.'’-]*(?:\s+${NAME}){0,2})`, "gu");
const TIME = new RegExp(String.raw`(?<![^\s(\[])(?<names>(?:${NAME}\s+){1,3})time(?![\p{L}\p{N}_/'’-])[)\]]?`, "iu");
const NO_CITY = "Half|Part|Full|Real|Story|Lunch|Tea|Break|Play|Game|Show|Prime|Family|Quality|Free|Face|Down|Crunch";
const UNKNOWN_TIME = new RegExp(
  String.raw`(?<=${WHEN}\s)(?!(?:${NO_CITY})\b)(?<name>\p{Lu}[\p{L}.'’-]*)\s+time(?!\S)`,
  "u",
);
/** Without “time”: it may be that of the title, as in “3pm Pacific Rim review”. */
const BARE_ZONE = new RegExp(
  String.raw`(?<=(?:\d\s?[ap]\.?m\.?|\d:\d\d)(?:\s+(?:today|tomorrow|${WEEKDAY}))?\s+)(?<name>Eastern|Central|Mountain|Pacific)(?!\S)`,
  "iu",
);
const OWN_TIME = new RegExp(String.raw`(?<=${WHEN}\s)(?:local|my)\s+time(?!\S)`, "iu");

const IN_MONTH = new RegExp(String.raw`^in\s+${MONTH}\b`, "iu");

type Taken = { zone: string | null; rest: Words } | { problem: string };

/** Takes the zone that is named by a city of it; a problem where a city is named that is of none, or perhaps of the title. */
export function takeCity(words: Words): Taken | null {
  const own = take(words, OWN_TIME);
  if (own !== null) return { zone: null, rest: own.rest };
  return takeTimeOf(words) ?? takeIn(words) ?? problemOf(words);
}

function takeTimeOf(words: Words): Taken | null {
  const found = TIME.exec(words.text);
  const said = (found?.groups?.["names"] ?? "").trim();
  const names = said.split(" ");
  for (let from = 0; found !== null && from < names.length; from++) {
    const city = names.slice(from).join(" ");
    const zone = ZONES_OF_USA.get(city.toLowerCase()) ?? zoneOfCity(city);
    if (zone === null) continue;
    const start = found.index + said.length - city.length;
    return { zone, rest: without(words, start, found.index + found[0].length) };
  }
  return null;
}

function takeIn(words: Words): Taken | null {
  const found = IN_AFTER_WHEN.exec(words.text);
  const named = found === null ? null : cityIn(found);
  if (found === null || named === null) return null;
  return { zone: named.zone, rest: without(words, found.index, found.index + named.length) };
}

function problemOf({ text }: Words): Taken | null {
  const after = IN_AFTER_WHEN.exec(text);
  const isMonth = after !== null && IN_MONTH.test(after[0]);
  const unknown =
    UNKNOWN_TIME.exec(text)?.groups?.["name"] ??
    (isMonth ? undefined : /^in\s+(?!Q$)(\p{Lu}\S*)/u.exec(after?.[0] ?? "")?.[1]);
  if (unknown !== undefined) {
    return {
      problem: `I don't know the time zone of “${unknown}”: name one like Europe/Paris, or put the title in quotes.`,
    };
  }
  for (const found of [...text.matchAll(IN)].slice(0, MAX_CITIES)) {
    const named = cityIn(found);
    if (named !== null) return { problem: zoneOrTitle(found[0].slice(0, named.length), named.zone) };
  }
  const bare = BARE_ZONE.exec(text)?.[0] ?? "";
  const zone = ZONES_OF_USA.get(bare.toLowerCase());
  return zone === undefined ? null : { problem: zoneOrTitle(bare, zone) };
}

function zoneOrTitle(said: string, zone: string): string {
  return `“${said}” may be the time zone or the title: say “15:00 in ${zone}”, or put the title in quotes.`;
}

function cityIn(found: RegExpMatchArray): { zone: string; length: number } | null {
  const names = found.groups?.["names"] ?? "";
  if (new RegExp(`^${MONTH}\\b`, "iu").test(names)) return null;
  const ends = [...names.matchAll(/\S+/g)].map(({ index, 0: name }) => index + name.length);
  for (const end of ends.toReversed()) {
    const zone = zoneOfCity(names.slice(0, end));
    if (zone !== null) return { zone, length: found[0].length - names.length + end };
  }
  return null;
}

/** The zone of which a city is the last part, if there is but one. */
export function zoneOfCity(city: string): string | null {
  const part = city
    .normalize("NFD")
    .replace(/[\p{M}.'’]/gu, "")
    .trim()
    .replace(/\s+/g, "_");
  const [zone, ...others] = AREAS.map((area) => `${area}/${part}`).filter((name) => isZone(name));
  if (zone === undefined) return null;
  return others.every((other) => isSame(zone, other)) ? zoneName(zone) : null;
}

function isSame(zone: string, other: string): boolean {
  return ["01", "04", "07", "10"].every((month) => {
    const local = `2026-${month}-15T12:00`;
    return instantOf(local, zone) === instantOf(local, other);
  });
}
