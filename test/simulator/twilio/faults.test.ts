import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiError } from "../../../src/simulator/twilio/api-errors.ts";
import { account, sdkFor, startWorld, TOMMY, type World } from "./scripted-service.ts";

let world: World;
let verify: ReturnType<ReturnType<typeof sdkFor>["verify"]["v2"]["services"]>;

beforeEach(async () => {
  world = await startWorld();
  verify = sdkFor(world.url).verify.v2.services(account.verifyServiceSid);
});
afterEach(() => world.close());

const route = "POST /verify/v2/Services/:serviceSid/Verifications";
const start = () => verify.verifications.create({ to: TOMMY, channel: "sms" });
const texts = () => world.twilio.phone(TOMMY).texts().length;

describe("a fault", () => {
  it("answers an error as often as it says, and without any effect", async () => {
    const { status, body } = apiError(60410, {});
    world.twilio.faults.add({ route, fault: { kind: "status", status, body }, times: 2 });

    for (let times = 0; times < 2; times += 1)
      await expect(start()).rejects.toMatchObject({ status: 403, code: 60410 });
    expect(texts()).toBe(0);
    expect(await start()).toMatchObject({ status: "pending" });
  });

  it("says when to try again", async () => {
    world.twilio.faults.add({ route: "*", fault: { kind: "status", status: 429, retryAfterSeconds: 7 } });

    const response = await fetch(`${world.url}/verify/v2/Services/${account.verifyServiceSid}`);

    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await response.json()).toMatchObject({ code: 20429 });
  });

  it("resets the connection before the effect, or behind it", async () => {
    world.twilio.faults.add({ route, fault: { kind: "refused" }, times: 1 });
    world.twilio.faults.add({ route, fault: { kind: "answer-lost" }, times: 1 });

    await expect(start()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(texts()).toBe(0);
    await expect(start()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(texts()).toBe(1);
  });

  it("lets the effect happen later than the answer", async () => {
    world.twilio.faults.add({ route, fault: { kind: "late-effect", delayMs: 4000 }, times: 1 });

    await expect(start()).rejects.toMatchObject({ status: 503 });
    expect(texts()).toBe(0);
    await world.clock.advance(4000);

    expect(texts()).toBe(1);
  });

  it("hangs until it is removed", async () => {
    const remove = world.twilio.faults.add({ route, fault: { kind: "hang" }, times: 1 });
    const hanging = start();
    const outcome = expect(hanging).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect.poll(() => world.twilio.faults.list()).toEqual([]);
    expect(await start()).toMatchObject({ status: "pending" });

    remove();
    await outcome;
  });

  it("is refused for a route that does not exist, whatever its parameters are called", () => {
    const { faults } = world.twilio;
    const renamed = "POST /verify/v2/Services/:sid/Verifications";

    expect(() => faults.add({ route: renamed, fault: { kind: "hang" } })).not.toThrow();
    expect(() => faults.add({ route: "POST /nowhere", fault: { kind: "hang" } })).toThrow("there is no route");
  });
});
