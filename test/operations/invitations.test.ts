import { beforeEach, expect, it } from "vitest";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene, people } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

describeOnBoth("the invitation to a scheduled call", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  const inChannel = async () => (await scene.told()).find(({ to }) => to === "C0OPS")?.text;
  const to = async (userId: string) => (await scene.told()).find((one) => one.to === userId)?.text;

  it("goes to the channel, and to each Slack user who is invited, with the time and the number to dial", async () => {
    await scene.schedule();

    expect((await scene.told()).map((one) => one.to).toSorted()).toEqual(
      ["C0OPS", "U0CELESTE", "U0ISABELLE", "U0MABEL", "U0TOMMY"].toSorted(),
    );
    expect(await inChannel()).toBe(
      "A call is scheduled: Sprint review, 23 Nov, 14:00 UTC (15:00 in Europe/Paris), 45 minutes. " +
        "Dial in: +1 202 555 0190. Call 1. Everybody on the roster is invited.",
    );
    expect(await to("U0MABEL")).toMatch(/^You are invited to a call of <#C0OPS>: Sprint review, .* \+1 202 555 0190\./);
    expect(await to("U0CELESTE")).toMatch(/The roster has no number of yours/);
  });

  it("goes to those alone who were picked", async () => {
    await scene.schedule({ inviteeIds: ["mabel", "blathers"] });

    expect((await scene.told()).map((one) => one.to).toSorted()).toEqual(["C0OPS", "U0MABEL"]);
    expect(await inChannel()).toMatch(/2 people are invited/);
  });

  it("shows the channel who said what, and each person what they said", async () => {
    const { id } = await scene.schedule();
    await scene.answer("mabel", id, "yes");
    await scene.answer("tommy", id, "no");
    await scene.answer("celeste", id, "maybe");
    await scene.answer("isabelle", id, "maybe");
    await scene.answer("isabelle", id, "yes");

    expect(await inChannel()).toMatch(/Yes \(2\): Isabelle, Mabel\. Maybe \(1\): Celeste\. No \(1\): Tommy\./);
    expect(await to("U0MABEL")).toMatch(/You said yes\./);
    expect(await to("U0TOMMY")).toMatch(/You said no\./);
  });

  it("takes no answer of somebody who is not invited, or not on the roster any more", async () => {
    const { id } = await scene.schedule({ inviteeIds: ["mabel", "tommy"] });
    await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "user", userId: "U0TOMMY" } });

    expect(await scene.answer("isabelle", id, "yes")).toBe("not-invited");
    expect(await scene.answer("tommy", id, "yes")).toBe("not-on-roster");
    expect(await scene.answer("mabel", "no-such-call", "yes")).toBe("over");
    expect(await to("U0TOMMY")).toBe(
      "You are no longer invited to Sprint review (23 Nov, 14:00 UTC), a call of <#C0OPS>.",
    );
  });

  it("takes no answer once the call is over, and says that it is", async () => {
    const { id } = await scene.schedule();
    await scene.at("2026-11-23T14:46:00Z");

    expect(await scene.answer("mabel", id, "yes")).toBe("over");
    expect(await inChannel()).toBe("Sprint review is over.");
  });

  it("tells of the next call of a series", async () => {
    await scene.schedule({ rule: "FREQ=DAILY", untilDay: "2026-11-30" });
    await scene.at("2026-11-23T14:46:00Z");

    expect(await inChannel()).toMatch(
      /Sprint review, every day at 15:00 in Europe\/Paris, until 30 November 2026, next 24 Nov, 14:00 UTC \(15:00 in Europe\/Paris\)/,
    );
  });

  it("tells one person of the first call of a series, which stays true, as it is not edited with each call", async () => {
    await scene.schedule({ rule: "FREQ=DAILY", untilDay: "2026-11-30" });

    expect(await to("U0MABEL")).toMatch(/until 30 November 2026, first 23 Nov, 14:00 UTC \(15:00 in Europe\/Paris\)/);
    expect(await inChannel()).toMatch(/until 30 November 2026, next 23 Nov, 14:00 UTC/);
  });

  it("counts again for somebody who was taken off the roster and came back, and for nobody else", async () => {
    const { id } = await scene.schedule({ inviteeIds: ["mabel", "tommy"] });
    const tommy = { kind: "user", userId: "U0TOMMY" } as const;
    await removeFromRoster(scene.line, { ...aRequest(), person: tommy });
    const back = { person: { ...tommy, name: "Tommy" }, phoneNumber: people.tommy.phoneNumber, role: null };
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition: back });

    expect(await scene.answer("tommy", id, "yes")).toBe("answered");
    expect(await scene.answer("celeste", id, "yes")).toBe("not-invited");
    expect(await inChannel()).toMatch(/2 people are invited/);
    expect(await to("U0TOMMY")).toMatch(/You said yes/);
  });

  it("is not sent to somebody who comes onto the roster later", async () => {
    await scene.schedule();
    const addition = { person: { kind: "user", userId: "U0NEW", name: "New" }, phoneNumber: null, role: null } as const;
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition });

    expect((await scene.told()).map((one) => one.to)).not.toContain("U0NEW");
  });
});
