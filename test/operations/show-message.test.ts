import { expect, it } from "vitest";
import { findCard, touchMessage } from "../../src/db/messages.ts";
import { prepareMessage, settleShown, settleUpToDate } from "../../src/operations/show-message.ts";
import { aConference, aPerson } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene } from "./scene.ts";

describeOnBoth("a message that Slack shows as it is", (databases) => {
  async function aShownCard() {
    const db = await databases.open();
    await sow(db, aConference(), aPerson());
    const scene = aScene(db);
    await scene.join(1);
    const [session] = await scene.sessions();
    const card = await db.read((reader) => findCard(reader, session?.id ?? ""));
    if (card === null) throw new Error("there is no card");
    const { line } = scene;
    const posted = await prepareMessage(line, card.id);
    await db.write(settleShown(line, posted, "1.000001"));
    const message = await prepareMessage(line, card.id);
    if (message.kind !== "up-to-date") throw new Error(`it is to be shown: ${message.kind}`);
    const touch = () => db.write((tx) => touchMessage(tx, card.id, line.clock.now()));
    return { db, message, touch };
  }

  it("needs nothing more", async () => {
    const { db, message } = await aShownCard();

    expect(await db.write(settleUpToDate(message, message.ts))).toBe(false);
  });

  it("is due again when it changed while that was found out", async () => {
    const { db, message, touch } = await aShownCard();
    await touch();

    expect(await db.write(settleUpToDate(message, message.ts))).toBe(true);
  });
});
