import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, NOON, sdkFor, startWorld, TOMMY, type World } from "./scripted-service.ts";

let world: World;
let verify: ReturnType<ReturnType<typeof sdkFor>["verify"]["v2"]["services"]>;

beforeEach(async () => {
  world = await startWorld();
  verify = sdkFor(world.url).verify.v2.services(account.verifyServiceSid);
});
afterEach(() => world.close());

const start = (to = TOMMY) => verify.verifications.create({ to, channel: "sms" });
const check = (verificationSid: string, code: string) => verify.verificationChecks.create({ verificationSid, code });
const codeOf = (number = TOMMY): string => world.twilio.verify.codeFor(number) ?? "none";
const wrong = (): string => (codeOf() === "000000" ? "111111" : "000000");

describe("Verify", () => {
  it("sends a code as a text, and approves it once", async () => {
    const { sid, status, dateCreated } = await start();
    const code = codeOf();
    expect([status, dateCreated]).toEqual(["pending", new Date(NOON)]);
    expect(world.twilio.phone(TOMMY).texts()).toMatchObject([{ body: `Your Confline verification code is: ${code}` }]);
    expect(world.twilio.phone(TOMMY).lastCode()).toBe(code);

    expect(await check(sid, code)).toMatchObject({ status: "approved", valid: true });

    await expect(check(sid, code)).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(verify.verifications(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("calls a wrong code no error", async () => {
    const { sid } = await start();

    expect(await check(sid, wrong())).toMatchObject({ status: "pending", valid: false });
    expect(await check(sid, codeOf())).toMatchObject({ status: "approved" });
  });

  it("sends the same code again while it is pending, five times at most", async () => {
    const first = await start();
    const code = codeOf();
    for (let sends = 2; sends <= 5; sends += 1) {
      const again = await start();
      expect([again.sid, codeOf()]).toEqual([first.sid, code]);
      expect(again.sendCodeAttempts).toHaveLength(sends);
    }

    await expect(start()).rejects.toMatchObject({ status: 429, code: 60203 });
    expect(world.twilio.verify.sends(TOMMY)).toBe(5);
  });

  it("lets five codes be tried, right or wrong", async () => {
    const { sid } = await start();
    const code = codeOf();
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(await check(sid, wrong())).toMatchObject({ status: "pending", valid: false });
    }

    await expect(check(sid, code)).rejects.toMatchObject({ status: 429, code: 60202 });
    expect(await verify.verifications(sid).fetch()).toMatchObject({ status: "max_attempts_reached" });
    await expect(start()).rejects.toMatchObject({ code: 60202 });
    await verify.verifications(sid).update({ status: "canceled" });
    expect((await start()).sid).not.toBe(sid);
  });

  it("forgets a code after ten minutes", async () => {
    const { sid } = await start();
    const code = codeOf();
    await world.clock.advance(10 * 60_000 - 1);
    expect(await verify.verifications(sid).fetch()).toMatchObject({ status: "pending" });
    await world.clock.advance(1);

    await expect(check(sid, code)).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await start()).sid).not.toBe(sid);
  });

  it("forgets a cancelled code at once, though the verification can be looked up", async () => {
    const { sid } = await start();
    const code = codeOf();

    expect(await verify.verifications(TOMMY).update({ status: "canceled" })).toMatchObject({ sid, status: "canceled" });

    await expect(check(sid, code)).rejects.toMatchObject({ status: 404, code: 20404 });
    expect(await verify.verifications(sid).fetch()).toMatchObject({ status: "canceled", valid: false });
  });

  it.each([
    ["a malformed number", () => start("+1202555"), 400, 60200],
    ["a code that is none", () => check(`VE${"0".repeat(32)}`, "12"), 400, 60200],
    ["a channel that is off", () => verify.verifications.create({ to: TOMMY, channel: "call" }), 403, 60223],
    [
      "a number that nothing was sent to",
      () => verify.verificationChecks.create({ to: TOMMY, code: "123456" }),
      400,
      60200,
    ],
  ])("refuses %s", async (_what, act, status, code) => {
    await expect(act()).rejects.toMatchObject({ status, code });
  });

  it("cannot text a landline", async () => {
    world.twilio.verify.landline(TOMMY);

    await expect(start()).rejects.toMatchObject({ status: 403, code: 60205 });
    expect(world.twilio.phone(TOMMY).texts()).toEqual([]);
  });

  it("refuses a second start for a number while the first is under way", async () => {
    const route = "POST /verify/v2/Services/:serviceSid/Verifications";
    world.twilio.faults.add({ route, fault: { kind: "slow", delayMs: 2000 }, times: 1 });
    const first = start();
    await expect.poll(() => world.twilio.faults.list()).toEqual([]);

    await expect(start()).rejects.toMatchObject({ status: 429, code: 60212 });
    await world.clock.advance(2000);
    expect(await first).toMatchObject({ status: "pending" });
    expect(await start()).toMatchObject({ status: "pending" });
  });
});
