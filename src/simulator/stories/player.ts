import type { Clock } from "../clock.ts";
import type { StoryRun, StoryTitle } from "../page/wire-world.ts";
import { nearChange, watched } from "./places-and-times.ts";
import { getPhone } from "./phones.ts";
import { clearStage, perform, type StageHands } from "./stage-hands.ts";
import type { Step, Story } from "./story.ts";

/** What a reader needs for a caption. */
const READING_AT_LEAST_MS = 2500;
const READING_MS_A_CHARACTER = 50;
/** For calls to end, and be noticed to have ended. */
const CLEARING_MS = 1500;
/** How far a skip goes while the story itself waits for nothing. */
const SKIP_MS = 3000;

export type StoryPlayer = {
  titles(): StoryTitle[];
  /** The story that is on, or was the last one; null once it was put away. */
  run(): StoryRun | null;
  /** Begins a story from its beginning, instead of one that is on. @throws when there is no such story */
  play(id: string): void;
  /** Ends a story where it is, or puts away one that is over. */
  stop(): void;
  /** Lets the wait that is on be over. */
  skip(): Promise<void>;
};

export type StoryPlayerOptions = StageHands & {
  stories: readonly Story[];
  clock: Clock;
  /** Moves the clock; null when it cannot be moved. */
  forward: ((ms: number) => Promise<void>) | null;
  onChange: () => void;
};

/** One showing of a story. It ends when it is told to stop, whatever it is doing. */
type Showing = { run: StoryRun; stopped: Promise<never>; stop: () => void; endWait: (() => void) | null };

const STOPPED = Symbol("stopped");

export function createStoryPlayer(options: StoryPlayerOptions): StoryPlayer {
  const { stories, clock, forward, onChange } = options;
  let showing: Showing | null = null;

  function play(id: string): void {
    const story = stories.find((one) => one.id === id);
    if (story === undefined) throw new Error(`there is no story "${id}"`);
    showing?.stop();
    const next = newShowing(story);
    showing = next;
    void show(options, story, next);
  }

  async function skip(): Promise<void> {
    if (showing?.run.state !== "playing") return;
    const { waitsUntil } = showing.run;
    if (forward === null) return showing.endWait?.();
    await forward(waitsUntil === null ? SKIP_MS : Math.max(0, waitsUntil - clock.now()));
  }

  return {
    titles: () => stories.map(({ id, title, about }) => ({ id, title, about })),
    run: () => showing && { ...showing.run },
    play,
    stop() {
      showing?.stop();
      showing = null;
      onChange();
    },
    skip,
  };
}

function newShowing({ id, title, about, steps }: Story): Showing {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(STOPPED);
  });
  stopped.catch(() => undefined);
  const base = {
    id,
    title,
    state: "playing",
    caption: about,
    number: null,
    watched: null,
    step: 0,
    waitsUntil: null,
  } as const;
  return { run: { ...base, steps: steps.length }, stopped, stop, endWait: null };
}

async function show(options: StoryPlayerOptions, story: Story, showing: Showing): Promise<void> {
  const { run } = showing;
  const { switches, onChange } = options;
  onChange();
  try {
    await Promise.race([clearStage(options), showing.stopped]);
    await pass(options, showing, CLEARING_MS);
    for (const [index, step] of story.steps.entries()) {
      run.step = index;
      await Promise.race([take(options, showing, step), showing.stopped]);
    }
    run.step = story.steps.length;
    run.state = "over";
  } catch (error) {
    if (error !== STOPPED) {
      run.state = "failed";
      run.caption = error instanceof Error ? error.message : String(error);
    }
  } finally {
    for (const step of story.steps) if (step.kind === "switch") switches.set(step.id, false);
    onChange();
  }
}

async function take(options: StoryPlayerOptions, showing: Showing, step: Step): Promise<void> {
  const { run } = showing;
  const owner = "about" in step ? step.about : "who" in step ? step.who : undefined;
  if (owner !== undefined && step.kind !== "prepare") run.number = getPhone(options, owner).number;
  switch (step.kind) {
    case "say":
      run.caption = step.text;
      return pass(options, showing, Math.max(READING_AT_LEAST_MS, step.text.length * READING_MS_A_CHARACTER));
    case "wait":
      return pass(options, showing, step.seconds * 1000);
    // Where the clock cannot be moved, the time is left out.
    case "forward":
      return options.forward?.(step.seconds * 1000);
    case "go-to-change":
      return options.forward?.(Math.max(0, nearChange(options, step) - options.clock.now()));
    case "until-called":
      return untilCalled(options, showing, getPhone(options, step.who).number);
    case "watch":
      run.watched = watched(options, step);
      return options.onChange();
    case "type":
    case "prepare":
    case "dial":
    case "press":
    case "hang-up":
    case "switch":
    case "click":
    case "habit":
    case "answer":
      options.onChange();
      return perform(options, step);
  }
}

async function pass({ clock, onChange }: StoryPlayerOptions, showing: Showing, ms: number): Promise<void> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    showing.endWait = resolve;
    cancel = clock.after(ms, resolve);
  });
  showing.run.waitsUntil = clock.now() + ms;
  onChange();
  try {
    await Promise.race([over, showing.stopped]);
  } finally {
    cancel();
    showing.run.waitsUntil = null;
    showing.endWait = null;
  }
}

const RINGS_WITHIN_SECONDS = 1200;

/** Where the clock cannot be moved, it takes its time. */
async function untilCalled(options: StoryPlayerOptions, showing: Showing, number: string): Promise<void> {
  const phone = options.twilio.phone(number);
  for (let seconds = 0; seconds < RINGS_WITHIN_SECONDS; seconds += 1) {
    if (phone.isRinging()) return;
    if (options.forward === null) await pass(options, showing, 1000);
    else await Promise.race([options.forward(1000), showing.stopped]);
  }
  throw new Error(`the phone ${number} never rang`);
}
