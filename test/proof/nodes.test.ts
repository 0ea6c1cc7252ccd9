import { eq, isNotNull } from "drizzle-orm";
import { beforeEach, expect, it, vi } from "vitest";
import type { Reader } from "../../src/db/database.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { PEOPLE } from "../support/world.ts";
import { type Node, skipTime, type TwoNodes, twoNodes } from "./two-nodes.ts";

const OPS = "C0OPS";
const SECOND = 1000;
const MINUTE = 60_000;
const POST = "POST /slack/api/chat.postMessage";
const { isabelle, mabel, tommy } = PEOPLE;

const isPosting = async ({ q, t }: Reader) =>
  (await q.select({ id: t.messages.id }).from(t.messages).where(isNotNull(t.messages.uncertainSince))).length > 0;

const isTexting = async ({ q, t }: Reader) =>
  (
    await q
      .select({ n: t.phoneNumbers.phoneNumber })
      .from(t.phoneNumbers)
      .where(eq(t.phoneNumbers.sendIsUncertain, true))
  ).length > 0;

describeOnPostgres("two nodes on PostgreSQL", { timeout: 60_000 }, () => {
  let nodes: TwoNodes;

  beforeEach(async () => {
    nodes = await twoNodes();
    await nodes.conf(`add @isabelle ${isabelle.number}`);
    await nodes.conf(`add @mabel ${mabel.number}`);
    await nodes.conf(`add @tommy ${tommy.number}`);
  });

  /** A call that keys one wrong code and hangs up. */
  async function fail(number: string): Promise<void> {
    const call = await nodes.sim.twilio.phone(number).dial();
    const code = Number(nodes.sim.twilio.verify.codeFor(number) ?? "0");
    await call.press(String((code + 1) % 1_000_000).padStart(6, "0"));
    await call.hangUp();
  }

  async function untilFrozen(node: Node): Promise<void> {
    for (let tenth = 0; tenth < 50 && !node.isFrozen(); tenth += 1) await nodes.clock.advance(SECOND / 10);
    expect(node.isFrozen()).toBe(true);
  }

  async function join(number: string): Promise<string> {
    const call = await nodes.sim.twilio.phone(number).dial();
    await call.press(nodes.sim.twilio.verify.codeFor(number) ?? "");
    return call.state();
  }

  const alerts = () => nodes.sim.slack.messages(OPS).filter(({ text }) => text.includes("failed to verify"));

  const told = () => alerts().map(({ text }) => /from (\w+)'s number/.exec(text)?.[1]);

  it("F24: one takes over within 10 s what the other was doing when it died, and posts nothing twice", async () => {
    const { clock, sim, first, second, send } = nodes;
    second.freeze();
    sim.slack.faults.add({ route: POST, fault: { kind: "slow", delayMs: 2 * SECOND }, times: 1 });
    first.freezeOnce(isPosting);
    await fail(mabel.number);
    await untilFrozen(first);
    second.wake();
    send(second);

    await fail(tommy.number);
    await clock.advance(10 * SECOND);
    expect(told()).toEqual(["tommy"]);
    await clock.advance(MINUTE);

    expect(told()).toEqual(["tommy", "mabel"]);
  });

  it("F25: one that was frozen right before it posts finds the message posted, and lets it be", async () => {
    const { clock, first, second, send } = nodes;
    second.freeze();
    first.freezeOnce(isPosting);
    await fail(mabel.number);
    await untilFrozen(first);
    second.wake();
    send(second);
    await clock.advance(MINUTE);
    expect(alerts()).toHaveLength(1);

    first.wake();
    await clock.advance(MINUTE);

    expect(alerts()).toHaveLength(1);
    send(first);
    await fail(tommy.number);
    await clock.advance(5 * SECOND);
    expect(alerts()).toHaveLength(2);
  });

  it("F25: one that was frozen right before it sends a code sends none when another has been sent", async () => {
    const { clock, sim, first, second, send } = nodes;
    first.freezeOnce(isTexting);
    void sim.twilio.phone(mabel.number).dial();
    await vi.waitFor(() => expect(first.isFrozen()).toBe(true));
    send(second);
    await clock.advance(20 * SECOND);
    expect(await join(mabel.number)).toBe("waiting-in-conference");

    skipTime(20 * SECOND);
    first.wake();
    await clock.advance(MINUTE);

    expect(sim.twilio.verify.sends(mabel.number)).toBe(1);
  });

  it("F26: one that lost the database lets nobody in and tells nothing twice, while calls go on at the other", async () => {
    const { clock, sim, first, second, send } = nodes;
    sim.slack.faults.add({ route: POST, fault: { kind: "slow", delayMs: 2 * SECOND }, times: 2 });
    await fail(mabel.number);
    await clock.advance(SECOND);
    first.cutOff(true);
    const call = await sim.twilio.phone(tommy.number).dial();
    expect([call.state(), call.heard().at(-1)]).toEqual(["ended", expect.stringContaining("Sorry")]);

    send(second);
    expect(await join(isabelle.number)).toBe("waiting-in-conference");
    expect(await join(tommy.number)).toBe("in-conference");
    await clock.advance(MINUTE);
    first.cutOff(false);
    await clock.advance(MINUTE);

    expect(alerts()).toHaveLength(1);
    expect(sim.twilio.conferences().map(({ participants }) => participants.length)).toEqual([2]);
  });
});
