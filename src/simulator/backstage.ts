import type { Clock, ManualClock } from "./clock.ts";
import { createFaultSwitches } from "./fault-switches.ts";
import { moveForward } from "./forward.ts";
import type { Habit, Phone, PhoneSeed, World } from "./page/wire-world.ts";
import type { SlackSimulator } from "./slack/slack.ts";
import { createStoryPlayer, type StoryPlayer } from "./stories/player.ts";
import type { Story } from "./stories/story.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

export type BackstageOptions = {
  slack: SlackSimulator;
  twilio: TwilioSimulator;
  /** Moved by hand, or by nobody. */
  clock: Clock | ManualClock;
  phones: readonly PhoneSeed[];
  stories: readonly Story[];
  lineNumber: string;
  /** The service's origin, as people know it. */
  publicUrl: () => string;
};

/** What goes on around both halves: faults to switch, a clock to move, a service to restart, stories to play. */
export type Backstage = Pick<StoryPlayer, "play" | "stop" | "skip"> & {
  world(): World;
  phones(): Phone[];
  setSwitch(id: string, isOn: boolean): void;
  resetSwitches(): void;
  /** What a phone does from now on when it is called. */
  setHabit(number: string, habit: Habit): void;
  /** Moves the clock, running what falls due. @throws when it runs by itself */
  forward(ms: number): Promise<void>;
  /** Tells how the service is restarted. */
  onRestart(restart: () => Promise<void>): void;
  /** @throws when nobody told how */
  restart(): Promise<void>;
  /** Tells of every change of the world; returns the end of that. */
  on(listener: () => void): () => void;
};

export function createBackstage(options: BackstageOptions): Backstage {
  const { slack, twilio, clock, phones, stories } = options;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const switches = createFaultSwitches({ slack, twilio });
  const forward = "advance" in clock ? (ms: number) => moveForward(clock, ms) : null;
  const habits = new Map<string, Habit>();
  const player = createStoryPlayer({
    slack,
    twilio,
    phones,
    stories,
    switches,
    setHabit,
    clock,
    forward,
    onChange: tell,
  });
  const restarting = createRestarting(tell);
  function setHabit(number: string, habit: Habit): void {
    twilio.phone(number).when(habit);
    if (habit === "ring") habits.delete(number);
    else habits.set(number, habit);
    tell();
  }
  return {
    play: player.play,
    stop: player.stop,
    skip: player.skip,
    world: () => ({
      lineNumber: options.lineNumber,
      publicUrl: options.publicUrl(),
      switches: switches.list(),
      stories: player.titles(),
      run: player.run(),
      habits: Object.fromEntries(habits),
      canForward: forward !== null,
      ...restarting.state(),
    }),
    phones: () => phones.map((phone) => ({ ...phone, texts: twilio.phone(phone.number).texts() })),
    setSwitch(id, isOn) {
      switches.set(id, isOn);
      tell();
    },
    resetSwitches() {
      switches.reset();
      tell();
    },
    setHabit,
    async forward(ms) {
      if (forward === null) throw new Error("this simulator runs on real time");
      await forward(ms);
    },
    onRestart: restarting.learn,
    restart: restarting.restart,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function createRestarting(tell: () => void) {
  let how: (() => Promise<void>) | null = null;
  let underWay: Promise<void> | null = null;

  async function run(restart: () => Promise<void>): Promise<void> {
    try {
      await restart();
    } finally {
      underWay = null;
      tell();
    }
  }

  return {
    state: () => ({ canRestart: how !== null, isRestarting: underWay !== null }),
    learn(restart: () => Promise<void>) {
      how = restart;
      tell();
    },
    restart(): Promise<void> {
      if (how === null) throw new Error("nobody has told how the service is restarted");
      underWay ??= run(how);
      tell();
      return underWay;
    },
  };
}
