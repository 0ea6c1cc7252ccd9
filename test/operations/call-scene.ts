import { asc, eq } from "drizzle-orm";
import type { Participant } from "../../src/conference/roster.ts";
import type { Answer, Series, SeriesPlan } from "../../src/conference/series.ts";
import { answerInvitation } from "../../src/operations/answer-invitation.ts";
import { describeMessage } from "../../src/operations/describe-message.ts";
import { runSeries } from "../../src/operations/run-series.ts";
import { scheduleCall } from "../../src/operations/schedule-call.ts";
import { render } from "../../src/slack/render-message.ts";
import { aConference, anActor, aNumber, aPerson, MABELS_NUMBER } from "../support/builders.ts";
import { sow, type TestDatabases } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

export const NUMBERS = { isabelle: aNumber("+12025550110"), tommy: aNumber("+12025550111"), mabel: MABELS_NUMBER };

const person = (name: string, overrides: Partial<Participant>): Participant =>
  aPerson({ id: name.toLowerCase(), name, slackUserId: `U0${name.toUpperCase()}`, ...overrides });

/** Isabelle moderates; Blathers is known by name only; Celeste has no number. */
export const people = {
  isabelle: person("Isabelle", { role: "moderator", phoneNumber: NUMBERS.isabelle }),
  tommy: person("Tommy", { phoneNumber: NUMBERS.tommy }),
  mabel: person("Mabel", { phoneNumber: NUMBERS.mabel }),
  blathers: person("Blathers", { slackUserId: null, phoneNumber: aNumber("+12025550113") }),
  celeste: person("Celeste", { phoneNumber: null }),
};

type Told = { to: string; kind: string; text: string };

/** A conference whose calls are scheduled, with the time run by hand: nothing is sent, but what it would say is read. */
export type CallScene = Scene & {
  schedule(plan?: Partial<SeriesPlan>): Promise<Series>;
  answer(name: keyof typeof people, seriesId: string, answer: Answer): Promise<string>;
  /** Lets time pass until an instant, in one leap, and has what is due then done: what it would be after a pause. */
  at(instant: string): Promise<void>;
  /** Messages in the order in which they were promised, as they read now. */
  told(kind?: string): Promise<Told[]>;
};

export async function aCallScene(databases: TestDatabases): Promise<CallScene> {
  const db = await databases.open();
  await sow(db, aConference(), ...Object.values(people));
  const scene = aScene(db);
  const { line, clock } = scene;

  async function runDue(): Promise<void> {
    const due = (await scene.jobs()).filter(({ kind, runAt }) => kind === "run-series" && runAt <= clock.now());
    for (const { key, subjectId } of due) {
      const next = await runSeries(line, subjectId);
      await db.write(async ({ q, t }) => {
        if (next === null) await q.delete(t.jobs).where(eq(t.jobs.key, key));
        else await q.update(t.jobs).set({ runAt: next }).where(eq(t.jobs.key, key));
      });
    }
  }

  return {
    ...scene,
    async schedule(overrides = {}) {
      const { inviteeIds, ...plan } = { ...aPlan(), ...overrides };
      const invited = inviteeIds === null ? null : { participantIds: inviteeIds };
      const scheduled = await scheduleCall(line, { ...aRequest(), plan, invited });
      if (scheduled.kind !== "scheduled") throw new Error(`not scheduled: ${JSON.stringify(scheduled)}`);
      return scheduled.series;
    },
    async answer(name, seriesId, answer) {
      const actor = anActor({ userId: people[name].slackUserId ?? "", name });
      return (await answerInvitation(line, { ...aRequest(), actor }, { seriesId, answer })).kind;
    },
    async at(instant) {
      clock.jump(Date.parse(instant) - clock.now());
      await runDue();
    },
    async told(only) {
      return db.read(async (reader) => {
        const { messages } = reader.t;
        const all = await reader.q.select().from(messages).orderBy(asc(messages.createdAt));
        const told: Told[] = [];
        for (const message of all) {
          if (only !== undefined && message.kind !== only) continue;
          const { text } = render(await describeMessage(reader, message, line.phoneNumber, clock.now()));
          told.push({ to: message.channelId, kind: message.kind, text });
        }
        return told;
      });
    },
  };
}

/** Today at 15:00 in Paris, which is 14:00 UTC. */
export function aPlan(): SeriesPlan {
  return {
    title: "Sprint review",
    notes: "",
    startsLocal: "2026-11-23T15:00",
    zone: "Europe/Paris",
    minutes: 45,
    rule: null,
    untilDay: null,
    inviteeIds: null,
    channelReminderMinutes: 10,
    personalReminderMinutes: 5,
    callsEveryone: false,
  };
}
