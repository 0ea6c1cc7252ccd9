/** Hertz: the row's tone and the column's, as every telephone has them (ITU-T Q.23). */
const ROWS = [697, 770, 852, 941] as const;
const COLUMNS = [1209, 1336, 1477] as const;
export const KEYS = ["123", "456", "789", "*0#"] as const;

/** The two tones of a key, the low one first; null for what no telephone has. */
export function frequenciesOf(key: string): readonly [number, number] | null {
  const row = KEYS.findIndex((keys) => keys.includes(key));
  const low = ROWS[row];
  const high = COLUMNS[KEYS[row]?.indexOf(key) ?? -1];
  return low === undefined || high === undefined ? null : [low, high];
}
