import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { manualClock } from "../../src/simulator/clock.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { afterThisTest } from "../support/clean-up.ts";
import { ACCOUNTS, OPS, PEOPLE, START } from "../support/world.ts";

const HOUR_MS = 3_600_000;
const ANSWER = `<Response><Dial><Conference>room</Conference></Dial></Response>`;

async function anOutside() {
  const clock = manualClock(START);
  const service = createServer((_req, res) => res.writeHead(200, { "Content-Type": "text/xml" }).end(ANSWER));
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  const address = service.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  const sim = await startSimulator({ clock, serviceUrl: `http://127.0.0.1:${address.port}`, ...ACCOUNTS });
  afterThisTest(async () => {
    await sim.close();
    service.closeAllConnections();
    service.close();
  });
  return { clock, sim };
}

it("forgets calls, rooms, messages and requests that were over before, and keeps what goes on or is newer", async () => {
  const { clock, sim } = await anOutside();
  const { twilio, slack } = sim;
  const over = await twilio.phone(PEOPLE.tommy.number).dial();
  await over.hangUp();
  const long = await twilio.phone(PEOPLE.mabel.number).dial();
  await slack.command({ userId: PEOPLE.tommy.id, channelId: OPS, text: "who" });
  await clock.advance(HOUR_MS);
  const late = await twilio.phone(PEOPLE.tommy.number).dial();
  await late.hangUp();
  await slack.command({ userId: PEOPLE.mabel.id, channelId: OPS, text: "who" });
  await clock.idle();
  const rooms = twilio.conferences();

  sim.forget(clock.now() - HOUR_MS / 2);

  expect(twilio.calls().map(({ callSid }) => callSid)).toEqual([long.callSid, late.callSid]);
  expect(twilio.phone(PEOPLE.tommy.number).calls()).toHaveLength(1);
  expect(twilio.conferences()).toEqual(rooms.filter(({ status }) => status !== "completed"));
  expect(slack.requests()).toHaveLength(1);
  expect(slack.everything().map(({ visibleTo }) => visibleTo)).toEqual([PEOPLE.mabel.id]);
  await long.hangUp();
  expect(long.status()).toBe("completed");
});
