import type { Simulator } from "../simulator.ts";
import type { Entry, Paint } from "./entry.ts";
import { phoneReporter } from "./phones.ts";
import { slackReporter } from "./slack.ts";

export type TranscriptOptions = {
  /** Who holds the phone of a number. */
  ownerOf: (number: string) => string;
  /** The reader's zone, for times in messages. */
  tz: string;
  paint: Paint;
};

export type Transcript = {
  /** What has happened since the last time, as people on the phone and in the channel notice it. */
  take(): Entry[];
  stop(): void;
};

/** Follows both halves of the simulator, and words what happens there. */
export function followSimulator({ twilio, slack, clock }: Simulator, options: TranscriptOptions): Transcript {
  const phones = phoneReporter(options);
  const reportSlack = slackReporter(slack, () => clock.now(), options);
  const entries: Entry[] = [];
  const stops = [
    twilio.on((event) => entries.push(...phones.report(event))),
    slack.on((event) => entries.push(...reportSlack(event))),
  ];
  return {
    take: () => [...entries.splice(0), ...phones.flush()],
    stop: () => stops.forEach((stop) => stop()),
  };
}
