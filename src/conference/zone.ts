import { Temporal } from "temporal-polyfill";

/** A zone that times can be reckoned in: an IANA name, in any case. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(zone)) return false;
  try {
    zoneName(zone);
    return true;
  } catch {
    return false;
  }
}

/** As it is written: `Europe/Paris` for `europe/paris`. */
export function zoneName(zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
}

/** A zone in words that can be spoken, by its city: `New York time`; `UTC`. */
export function spokenZone(zone: string): string {
  // Their signs are the other way round: Etc/GMT+5 is behind Greenwich.
  const fixed = /^Etc\/GMT(?<sign>[+-])(?<hours>[1-9]\d?)$/.exec(zone)?.groups;
  if (fixed !== undefined) return `UTC ${fixed["sign"] === "+" ? "minus" : "plus"} ${fixed["hours"] ?? ""}`;
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  return ["UTC", "GMT"].includes(city) ? city : `${city} time`;
}
