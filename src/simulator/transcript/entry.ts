/** One thing that somebody can read in a transcript. */
export type Entry =
  | { kind: "title" | "aside"; text: string }
  /** On a phone; in the channel; or what one person types, and alone is shown, in Slack. */
  | { kind: "phone" | "channel" | "person"; who: string; text: string };

/** Marks text, in colour where there is any. */
export type Paint = (colour: "bold" | "dim" | "cyan" | "magenta" | "yellow" | "red" | "green", text: string) => string;
