import { beforeEach, expect, it } from "vitest";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { runSeries } from "../../src/operations/run-series.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

describeOnBoth("reminders of a scheduled call", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  const reminded = async () => (await scene.told("reminder")).map(({ to }) => to).toSorted();

  it("come ten minutes before to the channel, with who said what", async () => {
    const { id } = await scene.schedule();
    await scene.answer("mabel", id, "yes");
    await scene.at("2026-11-23T13:49:59Z");
    const early = await scene.told("reminder");
    await scene.at("2026-11-23T13:50:00Z");

    expect(early).toEqual([]);
    expect(await scene.told("reminder")).toMatchObject([
      {
        to: "C0OPS",
        text: "Sprint review starts in 10 minutes, at 14:00 UTC. Dial in: +1 202 555 0190. Yes (1): Mabel.",
      },
    ]);
  });

  it("come five minutes before to each who said yes or nothing, whoever answers meanwhile", async () => {
    const { id } = await scene.schedule();
    await scene.answer("mabel", id, "yes");
    await scene.answer("tommy", id, "no");
    await scene.answer("celeste", id, "maybe");
    await scene.at("2026-11-23T13:50:00Z");
    await scene.at("2026-11-23T13:55:00Z");

    expect(await reminded()).toEqual(["C0OPS", "U0ISABELLE", "U0MABEL"]);
    expect((await scene.told("reminder")).find(({ to }) => to === "U0MABEL")?.text).toBe(
      "Sprint review of <#C0OPS> starts in 5 minutes, at 14:00 UTC. Dial in: +1 202 555 0190. You said yes.",
    );
  });

  it("reach somebody too who came onto the roster since the invitations", async () => {
    await scene.schedule();
    const addition = { person: { kind: "user", userId: "U0NEW", name: "New" }, phoneNumber: null, role: null } as const;
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition });
    await scene.at("2026-11-23T13:55:00Z");

    expect(await reminded()).toContain("U0NEW");
  });

  it("come once, though the job runs on two nodes at once and the clock is set back", async () => {
    const { id } = await scene.schedule({ rule: "FREQ=DAILY" });
    scene.clock.jump(Date.parse("2026-11-23T13:55:00Z") - scene.clock.now());
    await Promise.all([runSeries(scene.line, id), runSeries(scene.line, id)]);
    const once = await reminded();
    await scene.at("2026-11-23T13:40:00Z");
    await runSeries(scene.line, id);
    await scene.at("2026-11-23T13:56:00Z");

    expect(once).toEqual(["C0OPS", "U0CELESTE", "U0ISABELLE", "U0MABEL", "U0TOMMY"]);
    expect(await reminded()).toEqual(once);
  });

  it("come late, and say so, while the call is not over", async () => {
    await scene.schedule();
    await scene.at("2026-11-23T14:02:00Z");

    expect((await scene.told("reminder"))[0]?.text).toMatch(/^Sprint review started 2 minutes ago, at 14:00 UTC\./);
  });

  it("say in the channel that the call is over, once it is", async () => {
    await scene.schedule({ rule: "FREQ=DAILY" });
    await scene.at("2026-11-23T13:55:00Z");
    const revisions = () => scene.db.read(({ q, t }) => q.select().from(t.messages).orderBy(t.messages.id));
    const before = await revisions();
    await scene.at("2026-11-23T14:45:00Z");
    const touched = (await revisions()).filter(({ revision }, index) => revision !== before[index]?.revision);

    expect(touched.map(({ kind, channelId }) => `${kind} ${channelId}`).toSorted()).toEqual([
      "invitation C0OPS",
      "reminder C0OPS",
    ]);
    expect((await scene.told("reminder"))[0]?.text).toBe("Sprint review is over.");
  });

  it("do not come when the call is over by then", async () => {
    await scene.schedule();
    await scene.at("2026-11-23T14:45:00Z");

    expect(await scene.told("reminder")).toEqual([]);
    expect(await scene.told("missing")).toEqual([]);
    expect(await scene.sessions()).toEqual([]);
  });

  it("are not given of calls that need none", async () => {
    await scene.schedule({ channelReminderMinutes: null, personalReminderMinutes: null });
    await scene.at("2026-11-23T13:59:00Z");

    expect(await scene.told("reminder")).toEqual([]);
  });

  it("come before each call of a series, once", async () => {
    await scene.schedule({ rule: "FREQ=DAILY", personalReminderMinutes: null });
    for (const day of ["23", "24", "25"]) {
      for (const time of ["13:50", "14:00", "14:45"]) await scene.at(`2026-11-${day}T${time}:00Z`);
    }

    expect(await reminded()).toEqual(["C0OPS", "C0OPS", "C0OPS"]);
    expect((await scene.sessions()).map(({ day, endReason }) => [day, endReason])).toEqual([
      ["2026-11-23", "nobody-came"],
      ["2026-11-24", "nobody-came"],
      ["2026-11-25", "nobody-came"],
    ]);
  });
});
