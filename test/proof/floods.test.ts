import { connect, type Socket } from "node:net";
import { expect, it } from "vitest";
import { listen } from "../../src/http-server.ts";
import { aWorld, type Dialect, PEOPLE, type World } from "../support/confline.ts";
import { afterThisTest } from "../support/clean-up.ts";
import { ASKED, everyRow } from "../support/telephone.ts";

const BIG = 2_000_000;
const SLACK = "/slack/events";
const VOICE = "/twilio/voice";

function openSocket(url: string): Socket {
  const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" });
  afterThisTest(() => socket.destroy());
  // Whoever cuts us off may do it by a reset.
  socket.on("error", () => undefined);
  return socket;
}

/** All that a server says until it, or we, have enough. */
async function answerOn(socket: Socket): Promise<string> {
  let said = "";
  for await (const chunk of socket) {
    said += String(chunk);
    if (said.includes("\r\n\r\n")) break;
  }
  return said;
}

function badlySigned(path: string, n: number): RequestInit {
  const body = new URLSearchParams({ CallSid: `CA${String(n).padStart(32, "0")}`, From: PEOPLE.mabel.number });
  const signature: Record<string, string> =
    path === VOICE
      ? { "X-Twilio-Signature": Buffer.from(`guess ${n}`).toString("base64") }
      : { "X-Slack-Signature": `v0=${String(n).padStart(64, "0")}`, "X-Slack-Request-Timestamp": "1795435200" };
  return { method: "POST", headers: signature, body };
}

async function refusalsOf(world: World, path: string, count: number): Promise<Set<number>> {
  const sent = Array.from({ length: count }, (_, n) => fetch(`${world.app.url}${path}`, badlySigned(path, n)));
  return new Set((await Promise.all(sent)).map(({ status }) => status));
}

it.each<Dialect>(["sqlite", "postgres"])(
  "T33: hundreds of badly signed requests change nothing, and a caller is answered in their midst, on %s",
  async (dialect) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await everyRow(world);

    expect(await refusalsOf(world, VOICE, 200)).toEqual(new Set([403]));
    expect(await refusalsOf(world, SLACK, 200)).toEqual(new Set([401]));
    expect(await everyRow(world)).toEqual(before);
    expect(world.sim.slack.everything().filter(({ visibleTo }) => visibleTo === null)).toEqual([]);

    const flood = refusalsOf(world, VOICE, 100);
    const call = await world.sim.twilio.phone(PEOPLE.mabel.number).dial();
    expect(call.heard()).toEqual([ASKED]);
    expect(await flood).toEqual(new Set([403]));
  },
  60_000,
);

it.each([VOICE, SLACK])("T4, T33: a body of two megabytes to %s is refused before it has come", async (path) => {
  const world = await aWorld();
  const before = await everyRow(world);
  const socket = openSocket(world.app.url);

  const head = `POST ${path} HTTP/1.1\r\nHost: line.example.org\r\nContent-Length: ${BIG}\r\n\r\n`;
  socket.write(head + "a".repeat(1000));

  expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 413 /);
  expect(await everyRow(world)).toEqual(before);
});

it("T4, T33: a body whose length is not told is refused when it turns out too long", async () => {
  const world = await aWorld();
  const before = await everyRow(world);
  const part = new Blob(["a".repeat(BIG)]).stream();
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };

  const { status } = await fetch(`${world.app.url}${VOICE}`, { method: "POST", headers, body: part, duplex: "half" });

  expect(status).toBe(413);
  expect(await everyRow(world)).toEqual(before);
});

it("T33: a client that never ends its headers or its body is cut off, and others are answered meanwhile", async () => {
  const server = await listen((req, res) => void req.resume().on("end", () => res.end("answered")), 0, "127.0.0.1", {
    headersTimeout: 150,
    requestTimeout: 300,
    connectionsCheckingInterval: 20,
  });
  afterThisTest(() => server.close());
  const slow = ["POST / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na"];
  const held = Array.from({ length: 40 }, (_, n) => {
    const socket = openSocket(server.url);
    socket.write(slow[n % 2] ?? "");
    const isCutOff = new Promise((resolve) => socket.once("close", resolve));
    const trickle = setInterval(() => socket.writable && socket.write(n % 2 === 0 ? "X: 1\r\n" : "a"), 50);
    afterThisTest(() => clearInterval(trickle));
    return isCutOff;
  });

  expect(await (await fetch(server.url, { method: "POST", body: "whole" })).text()).toBe("answered");
  await Promise.all(held);
  expect(await (await fetch(server.url, { method: "POST", body: "whole" })).text()).toBe("answered");
});
