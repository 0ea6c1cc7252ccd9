import { expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";

it.each(DIALECTS)(
  "a command that was acknowledged is carried out and answered before the service stops, on %s",
  async (dialect) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const fault = { kind: "slow", delayMs: 1000 } as const;
    world.sim.slack.faults.add({ route: "POST /slack/api/users.info", fault });
    const text = `add @celeste ${PEOPLE.celeste.number}`;
    const command = await world.sim.slack.command({ userId: PEOPLE.isabelle.id, channelId: "C0OPS", text });
    expect(command.ack.status).toBe(200);

    let isStopped = false;
    const stopped = world.app.close().then(() => (isStopped = true));
    // Enough for all the rest of it to stop.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isStopped).toBe(false);
    await world.pass(2000);
    await stopped;

    expect(command.responses().map(world.plain)).toEqual([expect.stringContaining("Added celeste")]);
  },
);
