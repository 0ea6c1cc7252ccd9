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
