import { describe, expect, it } from "vitest";
import { DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { at, restarted, toldSince } from "../support/restarts.ts";
import {
  aWorldInParis,
  directMessages,
  initial,
  invitationIn,
  openForm,
  picked,
  submitted,
} from "../support/schedule-stories.ts";
import { everyRow } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;

/** All that a call is made of, and all that is promised of it. A restart moves the times of other work. */
async function made(world: World): Promise<unknown> {
  const { series, series_exceptions: exceptions, answers, messages, outbox, events } = await everyRow(world);
  return { series, exceptions, answers, messages, outbox, events };
}

describe.each(DIALECTS)("the form that schedules a call, with a restart at every step, on %s", (dialect) => {
  it("makes nothing of what is wrong, says so beside it, and makes one call of what is right", async () => {
    const world = await aWorldInParis(dialect);
    const nothing = await made(world);
    expect(await world.conf(isabelle.id, "schedule")).toBe("");
    await restarted(world);

    const wrong = { title: "x".repeat(3000), start: picked("2026-11-22T14:00:00Z"), length: "500" };
    const { errors } = await submitted(world, isabelle.id, wrong);
    expect(errors).toEqual({
      title: expect.stringMatching(/3,000 characters long: shorten to 120/) as unknown,
      start: expect.stringMatching(/past/) as unknown,
      length: expect.stringMatching(/5 minutes to 4 hours/) as unknown,
    });
    await restarted(world);
    expect(await made(world)).toEqual(nothing);
    expect(world.channel()).toEqual([]);

    const start = picked("2026-11-24T14:00:00Z");
    const better = await submitted(world, isabelle.id, { title: "Review", start, length: "3" });
    expect(Object.keys(better.errors)).toEqual(["length"]);
    await restarted(world);
    expect(await made(world)).toEqual(nothing);

    const options = JSON.stringify(initial(world, "invitees"));
    const tommys = /"text":"tommy"[^}]*},"value":"([^"]+)"/.exec(options)?.[1];
    const right = { title: "Review", start, length: "45", repeat: "weekly", until: "2026-12-31", invitees: [tommys] };
    const { errors: none, said } = await submitted(world, isabelle.id, { ...right, notes: "Bring figures" });
    await restarted(world);
    await restarted(world);

    expect(none).toEqual({});
    expect(said).toMatch(/Scheduled Review as call 1/);
    expect(() => openForm(world, isabelle.id)).toThrow("no form open");
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(
      /1 · Review\nnext tomorrow at 2:00 PM\nEvery week on Tuesday at 15:00 in Europe\/Paris, for 45 minutes, until 31 December/,
    );
    await at(world, "2026-11-24T13:50:00Z");
    await at(world, "2026-11-24T14:00:00Z");
    const { channel, tommys: told } = toldSince(world);
    expect(invitationIn(world)?.text).toContain("Bring figures");
    expect(channel).toEqual([
      expect.stringMatching(/^⏰ Review starts in 10 minutes/),
      "Review / Starts now: 2:00 PM to 2:45 PM.",
    ]);
    expect(told).toEqual([expect.stringMatching(/^⏰ Review .* starts now/)]);
    expect(directMessages(world, mabel.id)).toEqual([]);
  });
});
