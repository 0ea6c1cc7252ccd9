import { expect, it } from "vitest";
import type { Database, Tx } from "../../src/db/database.ts";
import { listDialOuts } from "../../src/db/dial-outs.ts";
import { insertMessage } from "../../src/db/messages.ts";
import { holdConference } from "../../src/db/roster.ts";
import { callPeople } from "../../src/operations/call-people.ts";
import { openSession } from "../../src/operations/open-session.ts";
import { endSession } from "../../src/operations/reconsider-session.ts";
import { aConference, aNumber, aPerson, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

/** The same transaction, with each query that is built in it counted. */
function counting(tx: Tx): { tx: Tx; queries(): number } {
  let queries = 0;
  const q: Tx["q"] = new Proxy(tx.q, {
    get(target, name) {
      if (name === "select" || name === "insert" || name === "update") queries += 1;
      const found: unknown = Reflect.get(target, name);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });
  return { tx: { ...tx, q }, queries: () => queries };
}

/** Ends a session into which so many are called, who all were told that they are missing. */
async function endFor(people: number, id: string, db: Database, { line }: Scene) {
  const called = Array.from({ length: people }, (_, n) =>
    aPerson({ id: `${id}-${n}`, name: `Person ${n}`, slackUserId: null, phoneNumber: aNumber(`+12025550${n + 200}`) }),
  );
  await sow(db, aConference({ id, channelId: id }), ...called);
  return db.write(async (tx) => {
    const { teamId, channelId } = await holdConference(tx, id);
    const session = await openSession(tx, line, { id, teamId, channelId }, NOON);
    const ids = called.map((person) => person.id);
    await callPeople(tx, line, session, ids, NOON);
    for (const to of ids) {
      const message = { id: `told-${to}`, teamId, channelId: to, kind: "missing", sessionId: session.id } as const;
      await insertMessage(tx, message, NOON);
    }
    const counted = counting(tx);
    await endSession(counted.tx, session, "everyone-left", NOON);
    const states = (await listDialOuts(tx, session.id)).map(({ state }) => state);
    return { queries: counted.queries(), states: new Set(states) };
  });
}

describeOnBoth("the end of a session into which people are still called", (databases) => {
  it("takes no more queries for thirty of them than for three", async () => {
    const db = await databases.open();
    const scene = aScene(db);
    const few = await endFor(3, "few", db, scene);
    const many = await endFor(30, "many", db, scene);

    expect(many.states).toEqual(new Set(["not-needed"]));
    expect(many.queries).toBe(few.queries);
    expect((await scene.events()).filter(({ kind }) => kind === "call-out-over")).toHaveLength(33);
    const told = await db.read(({ q, t }) => q.select().from(t.messages));
    expect(told.filter(({ kind }) => kind === "missing").map(({ revision }) => revision)).toEqual(Array(33).fill(2));
  });
});
