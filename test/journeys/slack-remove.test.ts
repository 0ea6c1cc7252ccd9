import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { click, lastRequest, stateOf } from "../support/slack-stories.ts";
import { codeFor, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const IMPOSTOR = "+12025550166";

/** The line of the card's thread that offers to remove somebody, who joined last. */
function offer({ sim }: World): SlackMessage | undefined {
  return sim.slack
    .messages(OPS)
    .flatMap(({ ts }) => sim.slack.thread(OPS, ts))
    .findLast(({ blocks }) => JSON.stringify(blocks).includes(actionIds.takeOffCall));
}

/** The call goes on, and somebody who forged Mabel's number has talked her into reading out the code. */
async function withAnImpostor(dialect: Dialect) {
  const world = await aWorld(dialect);
  await world.setUp();
  const isabelles = await world.join(isabelle.number);
  await world.pass(10_000);
  const impostors = await world.sim.twilio.phone(IMPOSTOR).dial({ from: mabel.number });
  await impostors.press(codeFor(world, mabel.number));
  await world.pass(10_000);
  return { world, isabelles, impostors };
}

describe.each(DIALECTS)("T8, T17: who should not be in the room, on %s", (dialect) => {
  it("is announced by a beep in the room and by name in Slack, and is out within 5 s of a moderator's Remove", async () => {
    const { world, isabelles, impostors } = await withAnImpostor(dialect);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, impostors.callSid]]);
    // Twilio beeps for everybody who enters unless it is told not to.
    expect(impostors.timeline().find(({ what }) => what.includes("<Conference"))?.what).not.toMatch(/beep=/);
    expect(world.channel().filter((line) => /Mabel joined|mabel joined/.test(line))).toHaveLength(1);

    const said = await click(world, isabelle.id, offer(world), actionIds.takeOffCall);
    await world.pass(5000);

    expect(said).toMatch(/taking mabel off the call\. They are still on the roster/);
    expect(impostors.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    await world.pass(10_000);
    expect(world.channel().join("\n")).toMatch(/mabel is being taken off the call\.[\s\S]*mabel left\./);
    expect(await world.conf(isabelle.id, "log")).toMatch(/isabelle took mabel off the call/i);
    expect(await world.conf(isabelle.id, "list")).toMatch(/mabel/);
  });

  it("is taken off once, however often that is clicked or sent again, and may prove anew who they are", async () => {
    const { world, impostors } = await withAnImpostor(dialect);
    const message = offer(world);
    const value = /"value":"([^"]*)"/.exec(JSON.stringify(message?.blocks))?.[1];
    await click(world, isabelle.id, message, actionIds.takeOffCall);
    await world.sim.slack.replay(lastRequest(world));
    await world.pass(10_000);
    const before = await stateOf(world);

    expect(offer(world)?.ts).not.toBe(message?.ts);
    const sent = JSON.parse(new URLSearchParams(lastRequest(world).body).get("payload") ?? "{}") as Record<
      string,
      unknown
    >;
    const again = { type: "button", action_id: actionIds.takeOffCall, block_id: "b", value, action_ts: "9.9" };
    await world.sim.slack.interaction({ ...sent, actions: [again] });
    await world.clock.idle();

    expect(world.sim.slack.ephemerals(OPS, isabelle.id).at(-1)?.text).toMatch(/not on the call any more/);
    expect(await stateOf(world)).toBe(before);
    expect(impostors.state()).toBe("ended");
    const call = await world.join(mabel.number);
    expect(call.state()).toBe("in-conference");
  });

  it("does not come back by the keypad menu while Twilio cannot be told, and is out as soon as it can", async () => {
    const { world, isabelles, impostors } = await withAnImpostor(dialect);
    const fault = { kind: "status", status: 503 } as const;
    const cure = world.sim.twilio.faults.add({
      route: "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json",
      fault,
    });
    await impostors.press("*");
    await click(world, isabelle.id, offer(world), actionIds.takeOffCall);
    await world.pass(3000);
    expect(impostors.state()).not.toBe("ended");

    await impostors.press("1");

    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(impostors.state()).toBe("ended");
    cure();
  });

  it("stays out of the room that Twilio could not be told to clear, once it can", async () => {
    const { world, isabelles, impostors } = await withAnImpostor(dialect);
    const fault = { kind: "status", status: 503 } as const;
    const cure = world.sim.twilio.faults.add({
      route: "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json",
      fault,
    });
    await click(world, isabelle.id, offer(world), actionIds.takeOffCall);
    await world.pass(20_000);
    expect(whoIsIn(world)[0]).toContain(impostors.callSid);

    cure();
    await world.restart();
    await world.pass(60_000);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("is removed by moderators and admins only", async () => {
    const { world, impostors } = await withAnImpostor(dialect);
    await world.conf(isabelle.id, "moderator @tommy");
    await world.pass(10_000);
    const before = await stateOf(world);

    for (const userId of ["U0GUEST", "U0SINGLE", "U0STRANGER", "U0BOT", "U0CELESTE", mabel.id]) {
      expect(await click(world, userId, offer(world), actionIds.takeOffCall)).toMatch(/can look, but not|Only this/);
    }
    expect(await stateOf(world)).toBe(before);
    expect(impostors.state()).toBe("in-conference");

    await click(world, tommy.id, offer(world), actionIds.takeOffCall);
    await world.pass(5000);
    expect(impostors.state()).toBe("ended");
  });
});
