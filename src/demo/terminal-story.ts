import type { Simulator } from "../simulator/simulator.ts";
import type { Stage } from "../simulator/stage.ts";
import type { Call } from "../simulator/twilio/call.ts";
import { BLATHERS, CHANNEL, ISABELLE, MABEL, SOMEBODY, TOMMY } from "./cast.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;

type Narrator = (kind: "title" | "aside", text: string) => Promise<void>;

export async function playStory({ sim }: World, stage: Stage, narrate: Narrator): Promise<void> {
  const joins = (number: string): Promise<Call> => dialAndVerify(sim, stage, number);

  await narrate("title", "1. Isabelle puts people on the roster of #town-hall");
  await fillRoster(sim, stage);

  await narrate("title", "2. Tommy dials in, and waits for a moderator");
  await stage.skip(MINUTE_MS);
  const tommys = await joins(TOMMY.number);
  await stage.pass(12_000);

  await narrate("title", "3. Isabelle joins with her code, and the call starts");
  const isabelles = await joins(ISABELLE.number);
  await stage.pass(8000);

  await narrate("title", "4. Somebody calls with Mabel's number, but gets no code");
  await stage.skip(4 * MINUTE_MS);
  await guessCodes(sim, stage);

  await narrate("title", "5. Isabelle asks who is on");
  await type(sim, stage, "who");

  await narrate("aside", "(12 minutes later)");
  await stage.skip(12 * MINUTE_MS);
  await narrate("title", "6. Everybody hangs up, and the card becomes the record of the call");
  await stage.during(isabelles.hangUp());
  await stage.pass(12_000);
  await stage.during(tommys.hangUp());
  await stage.pass(12_000);
}

async function fillRoster(sim: Simulator, stage: Stage): Promise<void> {
  await type(sim, stage, `add Blathers ${BLATHERS.number}`);
  await type(sim, stage, `add @Mabel ${MABEL.number}`);
  await type(sim, stage, `add @Tommy ${TOMMY.number}`);
  await type(sim, stage, "add @Isabelle");
  const { ts = "" } = sim.slack.ephemerals(CHANNEL, ISABELLE.id).at(-1) ?? {};
  const click = { userId: ISABELLE.id, channelId: CHANNEL, ts, actionId: "add_offered_number" };
  const { answers } = await stage.during(sim.slack.click(click));
  await stage.during(answers());
}

/** Isabelle types a command and gets its answer. */
async function type(sim: Simulator, stage: Stage, text: string): Promise<void> {
  const { answers } = await stage.during(sim.slack.command({ userId: ISABELLE.id, channelId: CHANNEL, text }));
  await stage.during(answers());
}

async function dialAndVerify(sim: Simulator, stage: Stage, number: string): Promise<Call> {
  const phone = sim.twilio.phone(number);
  const call = await stage.during(phone.dial({ verstat: "TN-Validation-Passed-A" }));
  await stage.pass(2000);
  await stage.during(call.press(phone.lastCode() ?? ""));
  return call;
}

async function guessCodes(sim: Simulator, stage: Stage): Promise<void> {
  const phone = sim.twilio.phone(SOMEBODY.number);
  const call = await stage.during(phone.dial({ from: MABEL.number, verstat: "TN-Validation-Failed" }));
  for (const guess of ["123456", "000000", "112233"]) {
    await stage.pass(3000);
    await stage.during(call.press(guess));
  }
  await stage.pass(3000);
}
