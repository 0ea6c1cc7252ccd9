import { BLATHERS, CHANNEL, ISABELLE, MABEL, TOMMY } from "./cast.ts";
import type { World } from "./world.ts";

const COMMANDS = [
  `add @Isabelle ${ISABELLE.number}`,
  `add @Tommy ${TOMMY.number}`,
  `add @Mabel ${MABEL.number}`,
  `add Blathers ${BLATHERS.number}`,
];

const GREETING =
  "Hello! You are all on the roster now. To join the call, dial the line and key in the code that you are texted.";

/** Isabelle has everybody on the roster before anybody looks. */
export async function fillRoster({ sim, clock }: World): Promise<void> {
  const who = { userId: ISABELLE.id, channelId: CHANNEL };
  for (const text of COMMANDS) {
    const { answers } = await sim.slack.command({ ...who, text });
    for (const { ts } of await answers()) sim.slack.dismiss({ ...who, ts });
  }
  sim.slack.say({ ...who, text: GREETING });
  await clock.advance(0);
}
