import { join } from "node:path";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { ACCOUNTS, environmentFor, PUBLIC_URL, START } from "../../test/support/world.ts";
import { sowRosters } from "../crowd.ts";
import { movableClock } from "../kills/clock.ts";
import { type Outside, type Played, playCall } from "./callers.ts";
import { type Hall, hallsOf, type PlannedCommand, planHour } from "./day.ts";
import { countRows, countRowsOfTheDay, type HourMeasure, measure } from "./measure.ts";
import { watchForStandstill } from "./standstill.ts";
import { type SoakedService, startSoakedService } from "./soaked-service.ts";

export type SoakOptions = {
  /** What `npm start` runs. */
  command: readonly string[];
  folder: string;
  seed: number;
  /** Hours `from` up to, not including, `to`. */
  from: number;
  to: number;
  callsAnHour: number;
  /** Sessions of an hour in each channel, one after the other, and how far apart they begin. */
  slots: number;
  slotMs: number;
  channels: number;
  peopleAChannel: number;
  /** How far the clocks are moved at once. */
  stepMs: number;
  signal: AbortSignal;
  onHour(hour: number, measured: HourMeasure): void;
};

export type Soaked = {
  calls: Played[];
  hours: HourMeasure[];
  /** When all is a day past the retention: what is left of it, and one more hour after that. */
  rowsLeft: number;
  hourAfter: HourMeasure;
  complaints: readonly string[];
  /** How often the machine stood still meanwhile: what was under way then may have been given up. */
  standstills: number;
};

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const IDLE_STEP_MS = MINUTE_MS;
const SETTLED_WITHIN_MS = 10 * MINUTE_MS;
/** What the simulator may be asked for again. */
const KEPT_MS = 40 * MINUTE_MS;
const RETENTION_DAYS = 1;
const PAST_RETENTION_MS = (RETENTION_DAYS * 24 + 1) * HOUR_MS;
/** 200 rows of a kind go at a time, once a second. */
const FORGOTTEN_WITHIN_MS = 6 * HOUR_MS;
const LOOK_EVERY_MS = 10_000;
const MODERATOR = "U0ISABELLE";

type Stage = Outside & {
  service: SoakedService;
  file: string;
  /** Moves both clocks, has people act, and waits until all that comes of it is done: what is under way takes no time. */
  pass(ms: number, act?: () => void): Promise<void>;
};

/** Plays hours of calls in one run of the service, and measures it at the end of each; then has all of them forgotten. */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const endWatch = watchForStandstill();
  const halls = hallsOf(options.channels, options.peopleAChannel);
  const clock = movableClock(START);
  const sim = await startSimulator({ clock, seed: options.seed, ...ACCOUNTS });
  sim.twilio.pace({ playMs: 24_000 });
  for (const { channelId: id } of halls) {
    sim.slack.addChannel({ id, name: id.slice(2).toLowerCase(), appIsIn: true, members: [MODERATOR] });
  }
  const file = join(options.folder, "soak.db");
  await sowRosters({ kind: "sqlite", file }, halls, clock.now());
  const env = environmentFor(sim.url, { DATABASE_URL: `file:${file}`, RETENTION_DAYS: String(RETENTION_DAYS) });
  const { command, folder } = options;
  const service = await startSoakedService({ command, env, folder, startsAt: clock.now() });
  sim.connect({ publicUrl: PUBLIC_URL, listenUrl: `http://127.0.0.1:${service.port}` });
  const stage: Stage = {
    clock,
    sim,
    service,
    file,
    async pass(ms, act = () => undefined) {
      clock.move(ms);
      await service.move(ms);
      act();
      await clock.quiet(() => service.rested());
    },
  };
  try {
    const soaked = await playDay(stage, options, halls);
    return { ...soaked, standstills: endWatch() };
  } finally {
    endWatch();
    await service.stop().catch(() => undefined);
    await sim.close();
  }
}

async function playDay(
  stage: Stage,
  options: SoakOptions,
  halls: readonly Hall[],
): Promise<Omit<Soaked, "standstills">> {
  const soaked = { calls: [] as Played[], hours: [] as HourMeasure[] };
  for (let hour = options.from; hour < options.to; hour += 1) {
    soaked.calls.push(...(await playHour(stage, options, halls, hour)));
    const measured = await measureQuiet(stage);
    soaked.hours.push(measured);
    options.onHour(hour, measured);
  }
  const rowsLeft = await forgetAll(stage, options.stepMs);
  soaked.calls.push(...(await playHour(stage, options, halls, options.to)));
  const hourAfter = await measureQuiet(stage);
  return { ...soaked, rowsLeft, hourAfter, complaints: stage.service.complaints() };
}

async function playHour(stage: Stage, options: SoakOptions, halls: readonly Hall[], hour: number): Promise<Played[]> {
  const { clock, file } = stage;
  const { seed, callsAnHour, slots, slotMs, stepMs, signal } = options;
  const [hourAt, endsAt] = [clock.now(), clock.now() + HOUR_MS];
  const { calls, commands } = planHour({ seed, hour, calls: callsAnHour, slots, slotMs }, halls);
  const played: Played[] = [];
  const broken: unknown[] = [];
  let underWay = 0;
  function begin(act: Promise<unknown>): void {
    underWay += 1;
    const fail = (error: unknown) => void broken.push(error);
    void act.catch(fail).finally(() => (underWay -= 1));
  }
  const beginDue = (now: number): void => {
    for (const call of takeUntil(calls, ({ dialsAt }) => dialsAt, now)) {
      begin(playCall(stage, call, hourAt).then((one) => played.push(one)));
    }
    for (const command of takeUntil(commands, ({ at }) => at, now)) begin(type(stage, command));
  };
  while (clock.now() < endsAt) {
    signal.throwIfAborted();
    const isIdle = underWay === 0 && countRows(file, "outbox") === 0;
    const nextAt = Math.min(hourAt + (calls[0]?.dialsAt ?? HOUR_MS), endsAt) - clock.now();
    const ms = isIdle ? Math.max(stepMs, Math.min(nextAt, IDLE_STEP_MS)) : stepMs;
    await stage.pass(ms, () => beginDue(clock.now() - hourAt));
    if (broken.length > 0) throw broken[0];
  }
  if (underWay > 0) throw new Error(`${underWay} calls do not end`);
  return played;
}

/** Takes off the front of a list what is due. */
function takeUntil<T>(planned: T[], at: (one: T) => number, now: number): T[] {
  const later = planned.findIndex((one) => at(one) > now);
  return planned.splice(0, later === -1 ? planned.length : later);
}

async function type({ sim }: Stage, { channelId, text }: PlannedCommand): Promise<void> {
  const overrides = { headers: { Connection: "close" } };
  const { ack } = await sim.slack.command({ userId: MODERATOR, channelId, text, overrides });
  if (ack.status !== 200) throw new Error(`/conf ${text}: ${ack.status}`);
}

/** Waits until nothing is left to be told, as far as that comes, and looks. */
async function measureQuiet(stage: Stage): Promise<HourMeasure> {
  const { clock, sim, service, file } = stage;
  const endsAt = clock.now() + SETTLED_WITHIN_MS;
  sim.forget(clock.now() - KEPT_MS);
  await stage.pass(1000);
  let measured = await measure(service, file);
  while (measured.waiting > 0 && clock.now() < endsAt) {
    await stage.pass(1000);
    measured = await measure(service, file);
  }
  return measured;
}

/** Moves the clock past the retention of all that happened. @returns rows that are left of it */
async function forgetAll(stage: Stage, stepMs: number): Promise<number> {
  const { clock, file } = stage;
  await stage.pass(PAST_RETENTION_MS);
  const endsAt = clock.now() + FORGOTTEN_WITHIN_MS;
  let left = countRowsOfTheDay(file);
  while (left > 0 && clock.now() < endsAt) {
    for (let passed = 0; passed < LOOK_EVERY_MS; passed += stepMs) await stage.pass(stepMs);
    left = countRowsOfTheDay(file);
  }
  return left;
}
