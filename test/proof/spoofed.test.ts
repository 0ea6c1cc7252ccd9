import { expect, it } from "vitest";
import { callForADay } from "../../proof/spoofed/spoofed.ts";
import { aWorld, PEOPLE } from "../support/confline.ts";

it("T12: a day of spoofed calls texts whose number it is six times, lets nobody in and shuts nobody else out", async () => {
  const world = await aWorld();
  await world.setUp();

  expect(await callForADay(world, 48)).toEqual({ calls: 48, texts: 6, mostInAnHour: 3, letIn: 0 });
  expect((await world.join(PEOPLE.tommy.number)).state()).not.toBe("ended");
});
