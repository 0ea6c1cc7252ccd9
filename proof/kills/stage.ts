import { setTimeout as pause } from "node:timers/promises";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { renderPlain } from "../../src/simulator/slack/render-plain.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { ACCOUNTS, environmentFor, OPS, PUBLIC_URL } from "../../test/support/world.ts";
import { type MovableClock, movableClock } from "./clock.ts";
import { type FrontDoor, openFrontDoor } from "./front-door.ts";
import { type Service, type Start, startService } from "./service.ts";

/** A simulated outside, and the service behind a front door: killed and started again on the same database. */
export type Stage = {
  clock: MovableClock;
  sim: Simulator;
  door: FrontDoor;
  /** Time cannot be moved. */
  isPlain: boolean;
  service(): Service;
  /** Starts the service again, as `npm start` does, where the last one has ended; waits until it is up, or ended. */
  start(how?: Pick<Start, "watchFromStart">): Promise<Service>;
  /** Lets time pass: moves the clocks, unless they are real, and lets happen what is due. */
  pass(ms: number): Promise<void>;
  /** Waits for something to come true, while time passes. @throws when it has not in that time: three minutes, unless told */
  until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>;
  /** Lets time pass until work is done. */
  play<T>(work: Promise<T>): Promise<T>;
  /** As plain text, in UTC. */
  plain(message: SlackMessage): string;
  /** Calls that may be in a room: the code was keyed in, or we called, and 1 was pressed. */
  mayEnter: Set<string>;
  /** What stands in the channel, threads apart. */
  messages(): string[];
  replies(): string[];
  end(): Promise<void>;
};

export type Staging = {
  command: readonly string[];
  databaseUrl: string;
  folder: string;
  /** The service keeps real time, and nothing is loaded into it. */
  isPlain: boolean;
};

const AT_LONGEST_MS = 180_000;
/** While somebody is being answered, time passes about as fast as it does. */
const STEP_WHILE_BUSY_MS = 250;
const BUSY_AT_LONGEST_MS = 150;

/** The first service is up, and the first moderator on the roster. */
export async function setStage({ command, databaseUrl, folder, isPlain }: Staging): Promise<Stage> {
  const clock = movableClock();
  const sim = await startSimulator({ clock, ...ACCOUNTS });
  sim.twilio.pace({ playMs: 24_000 });
  const door = await openFrontDoor();
  sim.connect({ publicUrl: PUBLIC_URL, listenUrl: door.url });
  // By name, so that it has to be looked up: that is a syscall or two more.
  const env = environmentFor(sim.url.replace("127.0.0.1", "localhost"), {
    DATABASE_URL: databaseUrl,
    CALLS_PER_SECOND: "4",
  });
  let current: Service | null = null;

  const stage: Stage = {
    clock,
    sim,
    door,
    isPlain,
    service() {
      if (current === null) throw new Error("there is no service yet");
      return current;
    },
    async start(how = {}) {
      const clockMovedMs = isPlain ? null : clock.movedMs();
      const service = await startService({ command, env, folder, clockMovedMs, ...how });
      current = service;
      void service.ended.then(() => door.close());
      // Time may have been moved while it was started.
      if (clockMovedMs !== null && how.watchFromStart === undefined) await service.move(clock.movedMs() - clockMovedMs);
      const isUp = await Promise.race([service.up.then(() => true), service.ended.then(() => false)]);
      if (isUp) door.open(service.port);
      return service;
    },
    async pass(ms) {
      if (isPlain) await pause(Math.min(ms, BUSY_AT_LONGEST_MS));
      else {
        clock.move(ms);
        await current?.move(ms);
      }
      await Promise.race([clock.quiet(), pause(BUSY_AT_LONGEST_MS)]);
    },
    async until(what, isTrue, withinMs = AT_LONGEST_MS) {
      const endsAt = clock.now() + withinMs;
      while (!(await isTrue())) {
        if (clock.now() > endsAt) {
          throw new Error(`not within ${withinMs / 1000} s: ${what}\n${stage.messages().join("\n")}`);
        }
        await stage.pass(1000);
      }
    },
    async play(work) {
      let isDone = false;
      const done = () => (isDone = true);
      work.then(done, done);
      await pause(0);
      for (let passed = 0; !isDone && passed < AT_LONGEST_MS; passed += STEP_WHILE_BUSY_MS) {
        await stage.pass(STEP_WHILE_BUSY_MS);
      }
      if (!isDone) throw new Error(`not done within three minutes:\n${stage.messages().join("\n")}`);
      return work;
    },
    mayEnter: new Set(),
    plain: (message) => renderPlain(message, { tz: "UTC", now: clock.now() }),
    messages: () => sim.slack.messages(OPS).map(stage.plain),
    replies: () =>
      sim.slack.messages(OPS).flatMap(({ channelId, ts }) => sim.slack.thread(channelId, ts).map(stage.plain)),
    async end() {
      current?.signal("SIGKILL");
      await current?.ended;
      await door.end();
      await sim.close();
    },
  };
  return stage;
}
