import fc from "fast-check";
import type { Figure, Part } from "../part.ts";
import { type Fuzzed, startFuzzed } from "./fuzzed-service.ts";
import { seedOf } from "./property.ts";
import { type Made, requests, signed, SOME_CALL } from "./requests.ts";

/** At once: what no listener of ours takes is answered only when Bolt has waited three seconds for one. */
const AT_ONCE = 500;
/** Requests between two looks at who is in, and another caller who tries. */
const ROUND = 500;
/** Before that, memory is that of a service that has not seen everything yet. */
const WARM_AFTER = 4000;
const SETTINGS = ["participants", "conferences", "lines", "series"];
const EVERYTHING = [
  ...SETTINGS,
  "call_legs",
  "voice_steps",
  "sessions",
  "lockouts",
  "alerts",
  "phone_numbers",
  "dial_outs",
];

/** Signed as they should be, and full of what nobody would send. */
export const httpFuzz: Part = {
  name: "http-fuzz",
  shows: "no request, however signed and whatever is in it, gets a 5xx, an admission that was not earned, or memory",
  cases: 1_000_000,
  batch: 20_000,
  async run({ seed, from, to }, { folder, signal }) {
    const service = await startFuzzed(folder);
    try {
      const before = { settings: service.rows(SETTINGS), room: service.inRoom().join() };
      const counts = { refused: 0 };
      let warm: { heap: number; after: number } | null = null;
      for (let number = from; number < to; number += ROUND) {
        signal.throwIfAborted();
        const until = Math.min(to, number + ROUND);
        const made = Array.from({ length: until - number }, (_, index) => madeUp(seedOf(seed, number + index)));
        const where = `seed ${seed}, cases ${number} to ${until}`;
        await sendRound(service, made, counts, where);
        if (service.inRoom().join() !== before.room) throw new Error(`somebody is in who was not let in: ${where}`);
        if (service.rows(SETTINGS) !== before.settings)
          throw new Error(`somebody changed what is not theirs: ${where}`);
        if (warm === null && until - from >= WARM_AFTER) warm = { heap: await service.heap(), after: until };
        await service.tryAgain();
      }
      return [
        { what: "requests over HTTP", value: to - from, as: "sum" },
        { what: "refused for their signature, without effect", value: counts.refused, as: "sum" },
        ...(warm === null ? [] : [slope(warm, await service.heap(), to)]),
      ];
    } finally {
      await service.close();
    }
  },
};

function slope(warm: { heap: number; after: number }, heap: number, to: number): Figure {
  const value = to === warm.after ? 0 : ((heap - warm.heap) / 1024 / (to - warm.after)) * 1000;
  return { what: "memory kept of a thousand requests", value, as: "most", unit: "kB", aim: { atMost: 50 } };
}

function madeUp(seed: number): Made {
  // A sample of one has one.
  return fc.sample(requests, { seed, numRuns: 1 })[0] as Made;
}

/** Those with a good signature together, then those with a bad one, which must leave everything as it is. */
async function sendRound(
  service: Fuzzed,
  made: readonly Made[],
  counts: { refused: number },
  where: string,
): Promise<void> {
  await sendAll(
    service,
    made.filter(({ isForged }) => !isForged),
    where,
  );
  const bad = made.filter(({ isForged }) => isForged);
  // What was acknowledged before may still be acted on while these are sent: then it is looked at once more.
  for (let tries = 1; ; tries += 1) {
    const before = service.rows(EVERYTHING);
    await sendAll(service, bad, where);
    counts.refused += bad.length;
    if (service.rows(EVERYTHING) === before) return;
    if (tries === 5) throw new Error(`requests with a bad signature had an effect: ${where}`);
  }
}

async function sendAll(service: Fuzzed, made: readonly Made[], where: string): Promise<void> {
  for (let from = 0; from < made.length; from += AT_ONCE) {
    await Promise.all(made.slice(from, from + AT_ONCE).map((one) => send(service, one, where)));
  }
}

async function send(service: Fuzzed, made: Made, where: string): Promise<void> {
  const body = SOME_CALL.reduce((text, what) => text.replaceAll(what, service.callSid(what)), made.body);
  const [path = ""] = made.path.split("#");
  const response = await fetch(service.url + path, { method: "POST", headers: signed({ ...made, body }), body });
  const answer = await response.text();
  const said = `${made.path} (${made.contentType}) ${body.slice(0, 600)} got ${response.status} ${answer.slice(0, 200)}: ${where}`;
  if (response.status >= 500) throw new Error(`a server error: ${said}`);
  // Big bodies are cut off before their signature is looked at.
  if (made.isForged && ![401, 403, 400, 413, 415].includes(response.status)) throw new Error(`not refused: ${said}`);
  if (!answer.includes("<Dial")) return;
  const admitted = service.callSid("CALL-ADMITTED");
  if (new URLSearchParams(body).getAll("CallSid").join() !== admitted) throw new Error(`an admission: ${said}`);
}
