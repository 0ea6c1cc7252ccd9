import { PEOPLE } from "../../test/support/world.ts";
import { must } from "./flow.ts";
import { conf, type Guest, type Scene, whoIsIn } from "./scene.ts";

const QUIET_TIME_MS = 90_000;
const STEP_MS = 5000;
/**
 * A worker that did not get through its work between two steps looks to itself as if it had been frozen for longer than
 * it trusts its lease (3 s): it does nothing ("too late"), and tries again after the back-off, a minute at most, and
 * the next look of the outbox. Nothing else may take longer than the quiet time: another's lease lapses within 7 s, and
 * what is in doubt is looked for after 15 s.
 */
const AGAIN_WITHIN_MS = 65_000;

/** What must hold after every story: I1 to I4, I11, each text once, each webhook answered the same way. */
export async function checkWhatAlwaysHolds(scene: Scene): Promise<void> {
  const { stage } = scene;
  await replayWebhooks(scene);
  await rosterIsRight(scene);
  await everybodyHangsUp(scene);
  await stage.until("nobody is on the line", async () =>
    (await stage.play(conf(stage, "who"))).includes("Nobody is on the line"),
  );
  await stage.until("every failed call is told of", () =>
    guestsOf(scene).every((guest) => alertsOn(scene, guest).length >= failedCalls(scene, guest).certain),
  );
  // What comes twice comes late: after a lease, a retry or a look at Twilio.
  for (let passed = 0; passed < QUIET_TIME_MS; passed += STEP_MS) await stage.pass(STEP_MS);
  for (const guest of guestsOf(scene)) {
    const { certain, possible } = failedCalls(scene, guest);
    const alerts = alertsOn(scene, guest);
    must(alerts.length >= certain, `I2: ${certain} failed calls of ${guest.name}, and no alert`);
    must(
      alerts.length <= possible,
      `I3: ${possible} failed calls, told of ${alerts.length} times:\n${alerts.join("\n")}`,
    );
    textsAreOneACall(scene, guest);
  }
  nobodyElseWasIn(scene);
  sameRequestSameAnswer(scene);
  await changesAreInTheLog(scene);
  await stage.until(
    "no card shows a call that is over",
    () => !stage.messages().some((text) => /^ops\n(Live|Waiting)/.test(text)),
    AGAIN_WITHIN_MS,
  );
}

function guestsOf({ guests }: Scene): Guest[] {
  return [guests.first, guests.second];
}

/** What the channel was told of failed calls from a guest's number. */
export function alertsOn({ stage }: Scene, { name }: Guest): string[] {
  return stage.messages().filter((text) => /^(⚠️|✅)/.test(text) && text.includes(`${name}'s number`));
}

/** Calls that failed; certainly when the service answered one of their webhooks, and no right code was keyed in. */
function failedCalls({ stage }: Scene, guest: Guest): { certain: number; possible: number } {
  const heardOf = stage.door.answered();
  const calls = stage.sim.twilio
    .calls()
    .filter(({ number, direction }) => number === guest.number && direction === "inbound");
  const failed = calls.filter(({ timeline }) => !timeline.some(({ what }) => what.startsWith("joined")));
  const certain = failed.filter(
    ({ callSid }) => !stage.mayEnter.has(callSid) && heardOf.some(({ request }) => request.includes(callSid)),
  );
  return { certain: certain.length, possible: failed.length };
}

function textsAreOneACall({ stage }: Scene, { name, number }: Guest): void {
  const { sim } = stage;
  const calls = sim.twilio.calls().filter((call) => call.number === number && call.direction === "inbound");
  const texts = sim.twilio.verify.sends(number);
  must(texts <= calls.length, `${name} called ${calls.length} times and got ${texts} text messages`);
}

/** I1: in no room was ever a call whose code was not keyed in. */
function nobodyElseWasIn({ stage }: Scene): void {
  for (const { callSid, timeline } of stage.sim.twilio.calls()) {
    const wasIn = timeline.some(({ what }) => what.startsWith("joined"));
    must(!wasIn || stage.mayEnter.has(callSid), `I1: ${callSid} was in a room without the code`);
  }
}

/** I4: `/conf who` shows whom the phone network has in the room. */
async function rosterIsRight({ stage, guests }: Scene): Promise<void> {
  const people = [guests.first, guests.second, { name: "isabelle", number: PEOPLE.isabelle.number }];
  await stage.until("the live roster is right", async () => {
    const inside = whoIsIn(stage).map((callSid) => stage.sim.twilio.calls().find((call) => call.callSid === callSid));
    const who = await stage.play(conf(stage, "who"));
    return people.every(({ name, number }) => {
      const isIn = inside.some((call) => call?.number === number);
      return isIn === new RegExp(`^• ${name} `, "m").test(who);
    });
  });
}

/** I11: `/conf log` has who is on the roster, each call that was answered, and each that was let in. */
async function changesAreInTheLog(scene: Scene): Promise<void> {
  const { stage } = scene;
  const roster = await stage.play(conf(stage, "list"));
  const log = await stage.play(conf(stage, "log 100"));
  const said = (what: string) => log.split(what).length - 1;
  const heardOf = stage.door.answered();
  for (const guest of guestsOf(scene)) {
    const { name } = guest;
    must(!roster.includes(name) || said(`added ${name}`) > 0, `I11: ${name} was added, and the log has nothing of it`);
    if (said(`added ${name}`) === 0) continue;
    const calls = stage.sim.twilio.calls().filter(({ number }) => number === guest.number);
    const came = calls.filter(({ direction }) => direction === "inbound");
    const answered = came.filter(({ callSid }) => heardOf.some(({ request }) => request.includes(callSid)));
    const received = said(`A call from ${name}'s number came in`);
    must(
      received >= answered.length && received <= came.length,
      `I11: ${name} called ${came.length} times, was answered ${answered.length} times, and the log has ${received}`,
    );
    const wereIn = calls.filter(({ timeline }) => timeline.some(({ what }) => what.startsWith("joined")));
    const letIn = said(`${name} was let in`);
    must(letIn >= wereIn.length, `I11: ${name} was in on ${wereIn.length} calls, and let in on ${letIn} by the log`);
  }
}

async function everybodyHangsUp({ stage }: Scene): Promise<void> {
  const calls = stage.sim.twilio.calls().map(({ callSid }) => stage.sim.twilio.call(callSid));
  for (const call of calls) if (call !== null && call.state() !== "ended") await stage.play(call.hangUp());
}

/** A webhook that comes again while its call goes on. */
async function replayWebhooks({ stage, answeredBefore }: Scene): Promise<void> {
  const going = new Set(
    stage.sim.twilio
      .calls()
      .filter(({ state }) => state !== "ended")
      .map(({ callSid }) => callSid),
  );
  const { length } = stage.door.answered().slice(answeredBefore);
  if (length === 0) return;
  const sent = stage.sim.twilio.sent().filter(({ url, params, outcome }) => {
    const isOfCall = /\/twilio\/(voice|code)/.test(url) && outcome === "200";
    return isOfCall && going.has(params["CallSid"] ?? "");
  });
  for (const { url, params } of sent) await stage.play(stage.sim.twilio.forge({ url, params }));
}

/** Answers to the same request are equal, but that one hangs up on a call that is over, or on who was removed. */
function sameRequestSameAnswer({ stage, answeredBefore }: Scene): void {
  const answers = new Map<string, Set<string>>();
  for (const { request, answer } of stage.door.answered().slice(answeredBefore)) {
    if (!/^\/twilio\/(voice|code|menu|room|choice)/.test(request)) continue;
    answers.set(request, (answers.get(request) ?? new Set()).add(answer));
  }
  for (const [request, different] of answers) {
    const meant = [...different].filter((answer) => !/<Response><Hangup\/><\/Response>/.test(answer));
    must(meant.length <= 1, `${request} was answered in ${meant.length} ways:\n${meant.join("\n")}`);
  }
}
