import { expect, it } from "vitest";
import { describeSession } from "../../src/operations/describe-session.ts";
import { aConference, aNumber, aPerson, MINUTE } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene } from "./scene.ts";

const ISABELLES_NUMBER = aNumber("+12025550110");
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: ISABELLES_NUMBER,
});
const [MABEL, ISABELLE] = [1, 2];

describeOnBoth("the record of a session", (databases) => {
  it("has everybody who was invited either as there or as missing", async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson());
    const scene = aScene(db);
    await scene.join(ISABELLE, ISABELLES_NUMBER);
    // She proves who she is, and hangs up before she hears the room.
    await scene.dial(MABEL);
    await scene.keyCode(MABEL);
    await scene.hangUp(MABEL);
    await scene.clock.advance(MINUTE);
    await scene.hangUp(ISABELLE, ISABELLES_NUMBER);

    const [session] = await scene.sessions();
    if (session === undefined) throw new Error("there was no session");
    const { ended, missing } = await db.read((reader) => describeSession(reader, session, scene.clock.now()));

    expect(ended?.wereThere.map(({ name }) => name)).toEqual(["Isabelle"]);
    expect(missing.map(({ name }) => name)).toEqual(["Mabel"]);
  });
});
