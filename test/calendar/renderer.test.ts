import { expect, it } from "vitest";
import { makeRenderer } from "../../src/calendar/renderer.ts";
import { NOON } from "../support/builders.ts";
import { aSeries, TELLER } from "./scheduled.ts";

function aRenderer() {
  let now = NOON;
  return makeRenderer(TELLER, () => (now += 1000));
}

const calendar = (title: string) => ({ title, scheduled: [{ series: aSeries(), changedAt: null, exceptions: [] }] });

it("writes a calendar out once, however often it is asked for", () => {
  const render = aRenderer();

  expect(render(calendar("ops"))).toBe(render(calendar("ops")));
});

it("writes it out again when something in it has changed, and says so", () => {
  const render = aRenderer();
  const before = render(calendar("ops"));
  const after = render(calendar("board"));

  expect(after.text).toMatch(/NAME:board/);
  expect(after.etag).not.toBe(before.etag);
});

it("forgets those that nobody asked for lately, and writes them out as they were", () => {
  const render = aRenderer();
  const [asked, forgotten] = [render(calendar("asked")), render(calendar("forgotten"))];
  for (let n = 0; n < 19; n += 1) {
    render(calendar(`other ${n}`));
    render(calendar("asked"));
  }
  const again = render(calendar("forgotten"));

  expect(render(calendar("asked"))).toBe(asked);
  expect(again).not.toBe(forgotten);
  expect(again.etag).toBe(forgotten.etag);
});
