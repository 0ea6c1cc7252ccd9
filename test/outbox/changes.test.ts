import { beforeEach, expect, it } from "vitest";
import type { Tx } from "../../src/db/database.ts";
import { findCard, touchMessage } from "../../src/db/messages.ts";
import { prepareMessage, settleShown } from "../../src/operations/show-message.ts";
import type { Deliver } from "../../src/outbox/delivery.ts";
import { type TwoNodes, twoNodes } from "../operations/held.ts";
import type { Scene } from "../operations/scene.ts";
import { aConference, aPerson } from "../support/builders.ts";
import { aParty, untilTheyWait } from "../support/crossing.ts";
import { onPostgres } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { untracked } from "../support/untracked.ts";
import { start } from "./worker-scene.ts";

function aSignal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

describeOnPostgres("a message that one node changes while another notes what Slack shows", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;
  let messageId: string;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), aPerson());
    const { here } = nodes;
    await here.join(1);
    const [session] = await here.sessions();
    messageId = (await here.db.read((reader) => findCard(reader, session?.id ?? "")))?.id ?? "";
  });

  const touch = ({ db, clock }: Scene) => db.write((tx) => touchMessage(tx, messageId, clock.now()));
  const noteShown = async ({ line }: Scene) => settleShown(line, await prepareMessage(line, messageId), "1.000001");

  it("is due again when its change is just being written", async () => {
    const { here, there, cross } = nodes;
    const note = await noteShown(here);
    const [, isDueAgain] = await cross(
      () => touch(there),
      () => here.db.write(note),
    );

    expect(isDueAgain).toBe(true);
  });

  it("is promised anew when the promise is just being kept", async () => {
    const { here, there } = nodes;
    const isNoted = aSignal();
    const mayEnd = aSignal();
    const deliver: Deliver = async () => {
      const note = await noteShown(there);
      const settle = async (tx: Tx) => {
        const isDueAgain = await note(tx);
        isNoted.give();
        await mayEnd.given;
        return isDueAgain;
      };
      return { kind: "done", settle };
    };
    const stop = start(there.db, untracked(here.clock), deliver);
    await here.clock.advance(0);
    await isNoted.given;
    const change = aParty(touch(here));
    await untilTheyWait(databases.location(), [change]);
    mayEnd.give();
    await Promise.all([change.done, stop()]);
    const promised = (await here.effects()).map(({ effect }) => effect);

    expect(promised).toContainEqual({ kind: "show-message", channelId: "C0OPS", messageId });
  });
});
