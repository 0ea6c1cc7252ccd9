import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";

const { isabelle, tommy } = PEOPLE;

describe.each(DIALECTS)("the first call, on %s", (dialect) => {
  it("goes from a command in Slack to people in the room, and back to the channel", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const tommysCall = await world.join(tommy.number);
    expect(tommysCall.state()).toBe("waiting-in-conference");
    const isabellesCall = await world.join(isabelle.number);
    expect(isabellesCall.state()).toBe("in-conference");
    await world.pass(6000);

    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(2\)/);
    expect(world.channel().join("\n")).toMatch(/joined/);
  });
});
