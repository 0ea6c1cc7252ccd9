import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TWILIO_COVERAGE } from "../../../src/simulator/twilio/coverage.ts";
import { startWorld, type World } from "./scripted-service.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

describe("the coverage table", () => {
  it("names every route there is, and no other", () => {
    const routes = world.twilio.router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} ${route?.path}`),
    );

    const rows = TWILIO_COVERAGE.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routes)].toSorted()).toEqual(rows.toSorted());
  });

  it("says what is missing wherever support is partial", () => {
    for (const row of TWILIO_COVERAGE) expect("note" in row).toBe(row.support === "partial");
  });
});
