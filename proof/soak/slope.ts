/** A measurement at a time; the unit of the time is the slope's. */
export type Point = { at: number; value: number };

/**
 * How steeply measurements rise: the straight line that misses them least.
 *
 * @returns by how much the value grows in one unit of time
 * @throws {RangeError} when there are no two points in time
 */
export function slopeOf(points: readonly Point[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanAt, meanValue] = [mean(points.map(({ at }) => at)), mean(points.map(({ value }) => value))];
  const spread = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  if (!(spread > 0)) throw new RangeError("a slope takes two points in time");
  return points.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0) / spread;
}
