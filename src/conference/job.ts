/** What may have to be done at a time. */
export type JobKind =
  | "end-grace"
  | "reconcile"
  | "look-for-silent-legs"
  | "forget-old"
  /** Whatever is next about a series: a reminder, its start, its end. */
  | "run-series";
