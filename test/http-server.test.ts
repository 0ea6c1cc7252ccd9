import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { inTurns, listen, unlessGone } from "../src/http-server.ts";

it("answers every request that came before it was told to close, and takes no more", async () => {
  let arrived: () => void = () => undefined;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  let answer: () => void = () => undefined;
  const server = await listen(
    (_req, res) => {
      answer = () => res.end("answered");
      arrived();
    },
    0,
    "127.0.0.1",
  );
  const asked = fetch(server.url, { headers: { Connection: "keep-alive" } });
  await hasArrived;

  let isClosed = false;
  const closing = server.close().then(() => (isClosed = true));
  await expect(fetch(server.url, { headers: { Connection: "close" } })).rejects.toThrow("fetch failed");
  expect(isClosed).toBe(false);
  const answeredAt = performance.now();
  answer();

  expect(await (await asked).text()).toBe("answered");
  await closing;
  // Not only when the connection that is kept alive times out, after five seconds.
  expect(performance.now() - answeredAt).toBeLessThan(3000);
});

const aTurn = () => new Promise((resolve) => setImmediate(resolve));

it("begins a few of many requests in each turn of the event loop, in their order, so that newcomers get theirs", async () => {
  const begun: number[] = [];
  const begin = inTurns((request: number) => void begun.push(request), 3);

  for (let request = 1; request <= 7; request += 1) begin(request);
  expect(begun).toEqual([1, 2, 3]);
  await aTurn();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
  begin(8);
  await aTurn();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

  await aTurn();
  await aTurn();
  begin(9);
  expect(begun).toContain(9);
});

it("lets no more than so many requests wait", async () => {
  const begun: number[] = [];
  const begin = inTurns((request: number) => void begun.push(request), 3, 2);

  for (let request = 1; request <= 7; request += 1) begin(request);
  expect(begun).toEqual([1, 2, 3, 6, 7]);
  await aTurn();
  expect(begun).toEqual([1, 2, 3, 6, 7, 4, 5]);
});

it("begins nothing for somebody who has hung up while they waited", () => {
  const begun: IncomingMessage[] = [];
  const begin = unlessGone((req) => void begun.push(req));
  const [gone, there] = [new IncomingMessage(new Socket()), new IncomingMessage(new Socket())];
  gone.destroy();

  for (const req of [gone, there]) begin(req, new ServerResponse(req));
  expect(begun).toEqual([there]);
});
