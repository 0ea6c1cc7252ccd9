import { setTimeout as wait } from "node:timers/promises";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { openInBrowser } from "./demo/browser.ts";
import { CHANNEL, ISABELLE, MABEL, NEW_YORK, ownerOf } from "./demo/cast.ts";
import { fillRoster } from "./demo/roster.ts";
import { playStory } from "./demo/terminal-story.ts";
import { startWorld, type World } from "./demo/world.ts";
import { realClock } from "./simulator/clock.ts";
import { createStage, type Stage } from "./simulator/stage.ts";
import type { Entry } from "./simulator/transcript/entry.ts";
import { createLayout, painter } from "./simulator/transcript/layout.ts";
import { followSimulator } from "./simulator/transcript/transcript.ts";

const USAGE = `Usage: npm run demo -- [--no-open] [--story [--fast]]

A simulated phone network and a simulated Slack, with the real service between them, to play with in a browser.
What happens there is written here, too.

  --no-open   only prints the address
  --story     plays a story in this terminal instead, and ends
  --fast      leaves no time to read it; so it is, too, when the output is no terminal`;

/** The same morning every time, so that the story is, too. */
const STORY_BEGINS_AT = Date.parse("2026-11-23T09:57:30-05:00");
const READING_MS_A_CHARACTER = 15;
const READING_AT_LEAST_MS = 300;

function invitation(url: string): string {
  const json = "-H content-type:application/json";
  return `
  Open ${url}/

  There you have a channel to type in, and phones to dial with. Everybody is on the roster already:
  press Dial on a phone, then key in the code that it is texted.

  The same from another terminal:

control=${url}/control

# Mabel dials in, keys in the code that she is texted, and hangs up again.
curl -X POST $control/phones/${MABEL.number}/dial
curl $control/phones/${MABEL.number}/press ${json} -d '{"keys":"123456"}'
curl -X POST $control/phones/${MABEL.number}/hang-up

# Isabelle types /conf who. Try help, list or log, too.
curl $control/slack/command ${json} \\
  -d '{"userId":"${ISABELLE.id}","channelId":"${CHANNEL}","text":"who"}'

# An hour passes.
curl $control/clock ${json} -d '{"forwardMs":3600000}'

  Ctrl-C ends it. What happens is written here:

`;
}

type Flags = { story: boolean; fast: boolean; "no-open": boolean };

async function run(flags: Flags): Promise<void> {
  const { stdout } = process;
  const closed = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => closed.abort());
  // Whoever read along has gone.
  stdout.on("error", () => closed.abort());
  const paint = painter(stdout);
  const print = printer({ paint, isPaced: stdout.isTTY && !flags.fast && flags.story, closed: closed.signal });

  const world = await startWorld(flags.story ? STORY_BEGINS_AT : realClock().now());
  if (!flags.story) await fillRoster(world);
  const transcript = followSimulator(world.sim, { ownerOf, tz: NEW_YORK, paint });
  const tell = async (): Promise<void> => {
    for (const entry of transcript.take()) await print(entry);
  };
  const stage = createStage({ clock: world.clock, tell, closed: closed.signal });
  try {
    if (flags.story) await showStory(world, stage, print);
    else await invite(world, stage, flags);
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    stdout.write("\n");
  } finally {
    transcript.stop();
    await world.close();
  }
}

type Print = (entry: Entry) => Promise<void>;
type PrinterOptions = { paint: ReturnType<typeof painter>; isPaced: boolean; closed: AbortSignal };

function printer({ paint, isPaced, closed }: PrinterOptions): Print {
  const { stdout } = process;
  const layout = createLayout(paint, stdout.columns ?? 100);
  return async (entry) => {
    stdout.write(layout(entry));
    const readingMs = stripVTControlCharacters(entry.text).length * READING_MS_A_CHARACTER;
    if (isPaced) await wait(Math.max(READING_AT_LEAST_MS, readingMs), undefined, { signal: closed });
  };
}

async function showStory(world: World, stage: Stage, print: Print): Promise<void> {
  await print({ kind: "aside", text: "│ on a phone   ┃ in the channel   ┆ in Slack, for one person only" });
  await playStory(world, stage, (kind, text) => print({ kind, text }));
}

async function invite({ sim }: World, stage: Stage, flags: Flags): Promise<void> {
  process.stdout.write(invitation(sim.url));
  if (!flags["no-open"]) openInBrowser(`${sim.url}/`);
  await stage.run();
}

const { values: flags } = parseArgs({
  options: {
    story: { type: "boolean", default: false },
    fast: { type: "boolean", default: false },
    "no-open": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (flags.help) console.log(USAGE);
else await run(flags);
