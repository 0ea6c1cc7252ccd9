import { join } from "node:path";
import { PEOPLE, startWorld } from "../../test/support/world.ts";
import type { Part } from "../part.ts";
import { callForADay } from "./spoofed.ts";

const CALLS = 10_000;
const TEXTS_A_DAY = 6;
const TEXTS_AN_HOUR = 3;

export const spoofed: Part = {
  name: "spoofed",
  shows:
    "10,000 calls in a day that pretend to come from a member's number text that member six times, and let nobody in",
  cases: 2,
  batch: 1,
  async run({ seed, from, to }, { createPostgres, folder }) {
    const figures = [];
    for (let number = from; number < to; number += 1) {
      const world = await startWorld(
        number % 2 === 0 ? `file:${join(folder, `${number}.db`)}` : await createPostgres(),
      );
      try {
        await world.setUp();
        const day = await callForADay(world, CALLS);
        const isUnharmed = (await world.join(PEOPLE.tommy.number)).state() !== "ended";
        if (day.letIn > 0 || !isUnharmed) {
          throw new Error(`${day.letIn} spoofed calls came in; somebody else ${isUnharmed ? "did" : "did not"}`);
        }
        figures.push(
          { what: "spoofed calls, none let in", value: day.calls, as: "sum" as const },
          { what: "text messages in a day", value: day.texts, as: "most" as const, aim: { atMost: TEXTS_A_DAY } },
          { what: "of them in an hour", value: day.mostInAnHour, as: "most" as const, aim: { atMost: TEXTS_AN_HOUR } },
        );
      } catch (error) {
        throw new Error(`spoofed, seed ${seed}, case ${number}`, { cause: error });
      } finally {
        await world.close();
      }
    }
    return figures;
  },
};
