// Loaded before the service (`node --import`): its clock can be moved forward, so that leases and reminders cost no
// waiting. Each line on its input is a number of milliseconds; each is answered by a line on its output. With
// CLOCK_STARTS_AT it stands still in between.
const realNow = Date.now;
const startsAt = process.env.CLOCK_STARTS_AT;
const isStill = startsAt !== undefined;
const now = isStill ? () => Number(startsAt) : realNow;
const start = globalThis.setTimeout;
const waiting = new Map();
/** Shorter ones end by themselves, unless time stands still. */
const WORTH_MOVING_MS = isStill ? 1 : 50;
const NEVER_MS = 2 ** 31 - 1;
let movedMs = Number(process.env.CLOCK_MOVED_MS ?? 0);

Date.now = () => now() + movedMs;

globalThis.setTimeout = Object.assign((run, delayMs = 0, ...rest) => {
  const isMoved = delayMs >= WORTH_MOVING_MS && isOfItsClock(new Error().stack);
  const timer = start(
    (...given) => {
      waiting.delete(timer);
      return run(...given);
    },
    isMoved && isStill ? NEVER_MS : delayMs,
    ...rest,
  );
  if (isMoved) waiting.set(timer, Date.now() + delayMs);
  return timer;
}, start);

/** Not the time-outs of libraries: what is under way takes real time. */
function isOfItsClock(stack) {
  return /\/clock\.js:/.test(stack.split("\n")[2] ?? "");
}

function move(ms) {
  movedMs += ms;
  const soonestFirst = [...waiting].sort(([, one], [, other]) => one - other);
  for (const [timer, dueAt] of soonestFirst) {
    // A timer that was cleared has no time-out any more.
    if (timer._idleTimeout === -1) waiting.delete(timer);
    else if (!isStill || dueAt <= Date.now()) {
      timer._idleTimeout = Math.max(1, dueAt - Date.now());
      timer.refresh();
    }
  }
}

let unread = "";
process.stdin.setEncoding("utf8").on("data", (text) => {
  const lines = (unread + text).split("\n");
  unread = lines.pop() ?? "";
  for (const line of lines) {
    move(Number(line));
    process.stdout.write("moved\n");
  }
});
process.stdin.unref();
