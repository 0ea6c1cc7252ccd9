import { setTimeout as pause } from "node:timers/promises";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import type { CallView } from "../../src/simulator/twilio/call.ts";
import { type Deeds, isIn, type MadeCall } from "./load.ts";
import type { Person } from "./people.ts";
import { CHANNELS, type Town } from "./town.ts";

/** What was violated, in words; empty when all is well. */
export type Violations = { wrongAdmissions: string[]; doubled: string[]; lost: string[] };

/** A call that nobody told us the end of is looked up after a minute. */
const LONGEST_SETTLING_MS = 150_000;
const LOOK_EVERY_MS = 250;
/** Callbacks that are on their way, and Slack's limits. */
const QUIET_MS = 1000;

/** Waits until every promise is kept and everything is told; then compares it with what the outside knows. */
export async function checkAll(
  town: Town,
  people: readonly Person[],
  deeds: Deeds,
  stayed: MadeCall[],
): Promise<Violations> {
  const startedAt = performance.now();
  let lost = await whatIsLost(town, people, deeds, stayed);
  while (lost.length > 0 && performance.now() - startedAt < LONGEST_SETTLING_MS) {
    await pause(LOOK_EVERY_MS);
    lost = await whatIsLost(town, people, deeds, stayed);
  }
  await pause(QUIET_MS);
  return {
    wrongAdmissions: wrongAdmissions(town, people, deeds),
    doubled: await whatIsDoubled(town, people),
    lost,
  };
}

/** I1: who was in a room had keyed the code on that very call, or was called and pressed 1; nobody with another's code. */
function wrongAdmissions({ sim }: Town, people: readonly Person[], { calls }: Deeds): string[] {
  const made = new Map(calls.map((one) => [one.call.callSid, one]));
  const isWrong = ({ callSid, direction, number, timeline }: CallView): boolean => {
    if (!timeline.some(({ what }) => what.startsWith("joined"))) return false;
    const person = people.find((one) => one.number === number);
    if (direction === "inbound") return made.get(callSid)?.keyedRight !== true;
    return person?.part !== "is-called" || !timeline.some(({ what }) => what === "pressed: 1");
  };
  return sim.twilio
    .calls()
    .filter(isWrong)
    .map(({ callSid, number }) => `${number} was let in with ${callSid}`);
}

async function whatIsDoubled(town: Town, people: readonly Person[]): Promise<string[]> {
  return [
    ...doubledMessages(town),
    ...doubledTexts(town, people),
    ...(await doubledCalls(town, people)),
    ...namedTwice(town, people),
  ];
}

/** Of each message of ours there is one, wherever Slack shows it. */
function doubledMessages({ sim }: Town): string[] {
  const ids = sim.slack.everything().flatMap((message) => idOf(message) ?? []);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `message ${id} was posted twice`);
}

function idOf({ metadata }: SlackMessage): string | null {
  const payload = metadata?.["event_payload"];
  const id = typeof payload === "object" && payload !== null && "id" in payload ? payload.id : null;
  return typeof id === "string" ? id : null;
}

/** A code is texted once: nobody here presses star, and a caller is asked for the pending one without another text. */
function doubledTexts({ sim }: Town, people: readonly Person[]): string[] {
  return people.flatMap(({ name, number }) => {
    const texts = sim.twilio
      .phone(number)
      .texts()
      .map(({ body }) => body);
    return texts.some((body, index) => texts.indexOf(body) !== index) ? [`${name} was texted one code twice`] : [];
  });
}

/** Each attempt that we know of rang the phone once at most. */
async function doubledCalls({ sim, sql }: Town, people: readonly Person[]): Promise<string[]> {
  const { rows } = await sql.query<{ phone_number: string; attempts: number }>(
    "select p.phone_number, d.attempts from dial_outs d join participants p on p.id = d.participant_id",
  );
  const attempts = new Map(rows.map((row) => [row.phone_number, row.attempts]));
  return people.flatMap(({ name, number }) => {
    const rang = sim.twilio.calls().filter((call) => call.number === number && call.direction !== "inbound").length;
    return rang > (attempts.get(number) ?? 0) ? [`${name} was called ${rang} times`] : [];
  });
}

function alertsNaming({ sim }: Town, { name, channelId }: Person): number {
  return sim.slack
    .messages(channelId)
    .filter(({ text }) => /fail|claim/i.test(text.replaceAll("Failer", "")) && text.includes(name)).length;
}

/** I3. */
function namedTwice(town: Town, people: readonly Person[]): string[] {
  const failers = people.filter(({ part }) => part === "fails");
  return failers.filter((person) => alertsNaming(town, person) > 1).map(({ name }) => `${name} is in two alerts`);
}

/** I2, I4, and that nothing is left to be done. */
async function whatIsLost(town: Town, people: readonly Person[], deeds: Deeds, stayed: MadeCall[]): Promise<string[]> {
  const { rows } = await town.sql.query<{ effect: { kind: string }; parked_reason: string | null }>(
    "select effect, parked_reason from outbox",
  );
  const promises = rows.map(
    ({ effect, parked_reason: why }) => `${effect.kind} is not kept${why === null ? "" : `: ${why}`}`,
  );
  const dropped = stayed
    .filter(({ call }) => !deeds.hungUp.has(call.callSid) && !isIn(call))
    .map(({ person }) => `${person.name} was on, and is not any more`);
  // Only what the service answered is it known to have heard of.
  const known = deeds.calls.filter(({ person, call }) => person.part === "fails" && call.heard().some(isAsking));
  const untold = known
    .filter(({ person }) => alertsNaming(town, person) === 0)
    .map(({ person }) => `no alert names ${person.name}`);
  const stale = CHANNELS.flatMap((channelId) => cardFaults(town, people, channelId));
  return [...promises, ...dropped, ...untold, ...stale];
}

function isAsking(sentence: string): boolean {
  return sentence.includes("enter the 6-digit code");
}

/** Whom a channel's card shows to be on, against who is. */
function cardFaults({ sim }: Town, people: readonly Person[], channelId: string): string[] {
  const cards = sim.slack.messages(channelId).filter(({ text }) => /Live since|Waiting for/.test(text));
  const shown = /On the call: ([^.]*)\./.exec(cards.at(-1)?.text ?? "")?.[1] ?? "";
  const here = people.filter((person) => person.channelId === channelId);
  const inRoom = new Set(
    sim.twilio
      .conferences()
      .flatMap(({ status, participants }) => (status === "completed" ? [] : participants.map((one) => one.callSid))),
  );
  const numbersIn = new Set(
    sim.twilio
      .calls()
      .filter(({ callSid }) => inRoom.has(callSid))
      .map(({ number }) => number),
  );
  return here
    .filter(({ name, number }) => shown.includes(name) !== numbersIn.has(number))
    .map(({ name }) => `the card of ${channelId} is wrong about ${name}: ${shown}`);
}
