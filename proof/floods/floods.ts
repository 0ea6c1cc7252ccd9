import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL } from "../../bench/calls.ts";
import { memoryMb, runRound, startLoad, startMain, stop } from "../../bench/processes.ts";
import { countCalls, seed } from "../../bench/seed.ts";
import { startStandIn } from "../../bench/stand-in.ts";
import type { Part } from "../part.ts";
import type { Flood, Flooded } from "./flood.ts";

const PEOPLE = 100;
const BAD_PER_SECOND = 2000;
const SECONDS = 10;
const SLOW_CLIENTS = 200;
/** Good calls, one after the other on each of a few connections, as long as the flood lasts. */
const GOOD_AT_A_TIME = 2;
const GOOD_IN_A_ROUND = 100;

export const floods: Part = {
  name: "floods",
  shows: "2,000 badly signed requests a second and clients that never end leave good calls answered within a second",
  cases: 3,
  batch: 1,
  whyNot: () =>
    existsSync(new URL("../../dist/main.js", import.meta.url)) ? null : "nothing is compiled: run `npm run prepare`",
  async run({ seed: drawn, from, to }, { folder }) {
    const figures = [];
    for (let number = from; number < to; number += 1) {
      const { flooded, p99Ms, calls, known, grownMb } = await floodOnce(join(folder, `${number}.db`));
      const where = `floods, seed ${drawn}, case ${number}`;
      if (flooded.refused !== flooded.sent) throw new Error(`${where}: ${flooded.refused} of ${flooded.sent} refused`);
      if (known !== calls) throw new Error(`${where}: ${known} calls are known of ${calls} that were signed`);
      figures.push(
        { what: "badly signed requests, all refused", value: flooded.sent, as: "sum" as const },
        { what: "good calls meanwhile", value: calls, as: "sum" as const },
        { what: "good calls answered, p99", value: p99Ms, as: "most" as const, unit: "ms", aim: { atMost: 1000 } },
        { what: "memory grown", value: grownMb, as: "most" as const, unit: "MB", aim: { atMost: 64 } },
      );
    }
    return figures;
  },
};

async function floodOnce(file: string) {
  await seed(file, PEOPLE);
  const standIn = await startStandIn();
  const service = await startMain(environment(file, standIn.url));
  const load = startLoad();
  const flooder = fork(fileURLToPath(new URL("flood.ts", import.meta.url)));
  const { port } = service;
  const round = { ports: [port], calls: GOOD_IN_A_ROUND, connections: GOOD_AT_A_TIME, expected: "<Gather" };
  const good = () => runRound(load, { ...round, senders: { people: PEOPLE, strangerShare: 0 } });
  try {
    await good();
    const beforeMb = memoryMb(service.child) ?? 0;
    const flood: Flood = { port, perSecond: BAD_PER_SECOND, seconds: SECONDS, slowClients: SLOW_CLIENTS };
    flooder.send(flood);
    let isOver = false;
    const flooding = once(flooder, "message").then((message: unknown[]) => {
      isOver = true;
      // Both ends of this channel are ours.
      return message[0] as Flooded;
    });
    let rounds = 1;
    let p99Ms = 0;
    for (; !isOver; rounds += 1) p99Ms = Math.max(p99Ms, (await good()).p99Ms);
    const flooded = await flooding;
    const grownMb = Math.max(0, (memoryMb(service.child) ?? 0) - beforeMb);
    await stop(service.child);
    return { flooded, p99Ms, calls: rounds * GOOD_IN_A_ROUND, known: countCalls(file), grownMb };
  } finally {
    for (const child of [load, flooder, service.child]) await stop(child);
    standIn.server.close();
  }
}

function environment(file: string, standInUrl: string): Record<string, string> {
  return {
    ...{ PUBLIC_URL, HOST: "127.0.0.1", DATABASE_URL: `file:${file}`, LOG_LEVEL: "error" },
    ...{ SLACK_BOT_TOKEN: "bench-bot-token-not-real", SLACK_SIGNING_SECRET: "bench-signing-secret-not-real" },
    ...{ SLACK_API_URL: `${standInUrl}/slack/api/`, TWILIO_API_URL: standInUrl },
    ...{ TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: AUTH_TOKEN },
    ...{ TWILIO_VERIFY_SERVICE_SID: "VA000000000000000000000000005e12ce", TWILIO_PHONE_NUMBER: "+12025550190" },
  };
}
