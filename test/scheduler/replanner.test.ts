import { expect, it } from "vitest";
import { makeLog } from "../../src/log.ts";
import { startReplanner } from "../../src/scheduler/replanner.ts";
import { manualClock } from "../../src/simulator/clock.ts";
import { NOON } from "../support/builders.ts";

function aReplanner(replan: (isStopped: () => boolean) => Promise<number>) {
  const clock = manualClock(NOON);
  const lines: string[] = [];
  const log = makeLog("info", (line) => lines.push(line));
  return { clock, lines, stop: startReplanner({ clock, log, replan }) };
}

it("sets scheduled calls anew beside everything else, and tells how many", async () => {
  const { clock, lines, stop } = aReplanner(async () => 3);
  await clock.idle();

  expect(lines.join("")).toMatch(/"moved":3/);
  await stop();
});

it("tries again after a minute when it could not, until it is stopped", async () => {
  let tries = 0;
  const { clock, lines, stop } = aReplanner(async () => {
    tries += 1;
    throw new Error("the database is gone");
  });
  await clock.advance(60_000);
  const triedBefore = tries;
  await stop();
  await clock.advance(600_000);

  expect([triedBefore, tries]).toEqual([2, 2]);
  expect(lines.join("")).toMatch(/could not be set anew/);
});

it("waits for what is under way when it is stopped", async () => {
  let finish = (): void => undefined;
  let asked: () => boolean = () => false;
  const { stop } = aReplanner(
    (isStopped) =>
      new Promise((resolve) => {
        asked = isStopped;
        finish = () => resolve(0);
      }),
  );
  let hasStopped = false;
  const stopping = stop().then(() => (hasStopped = true));
  await new Promise((resolve) => setImmediate(resolve));

  expect([asked(), hasStopped]).toEqual([true, false]);
  finish();
  await stopping;
});
