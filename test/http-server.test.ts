import { expect, it } from "vitest";
import { listen } from "../src/http-server.ts";

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
