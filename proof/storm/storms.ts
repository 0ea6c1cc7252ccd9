import { join } from "node:path";
import { startWorld } from "../../test/support/world.ts";
import type { Part } from "../part.ts";
import { joinAtOnce } from "./storm.ts";

const MINUTE_MS = 60_000;
/** As many as Twilio takes into one room. */
const PEOPLE = 250;
const SECOND_MS = 1000;

export const storms: Part = {
  name: "storms",
  shows: "250 people who dial within a second or a minute are all in, and Slack is told with few calls",
  cases: 4,
  batch: 1,
  async run({ seed, from, to }, { createPostgres, folder }) {
    const figures = [];
    for (let number = from; number < to; number += 1) {
      const databaseUrl = number % 4 < 2 ? `file:${join(folder, `${number}.db`)}` : await createPostgres();
      const world = await startWorld(databaseUrl);
      try {
        const storm = await joinAtOnce(world, PEOPLE, number % 2 === 0 ? MINUTE_MS : SECOND_MS);
        if (storm.joined < PEOPLE || storm.shown < PEOPLE || storm.refused > 0) {
          throw new Error(`${storm.joined} joined, ${storm.shown} are on the card, Slack refused ${storm.refused}`);
        }
        figures.push(
          { what: "people who joined at once", value: storm.joined, as: "sum" as const },
          { what: "the card behind, at most", value: storm.stalestMs, ...AT_MOST, unit: "ms", aim: { atMost: 3500 } },
          { what: "calls to Slack in a minute", value: storm.callsInAMinute, ...AT_MOST, aim: { atMost: 35 } },
          { what: "between two calls to Slack", value: storm.shortestGapMs, ...A_SECOND },
        );
      } catch (error) {
        throw new Error(`storms, seed ${seed}, case ${number}`, { cause: error });
      } finally {
        await world.close();
      }
    }
    return figures;
  },
};

const AT_MOST = { as: "most" } as const;
const A_SECOND = { as: "least", unit: "ms", aim: { atLeast: 1000 } } as const;
