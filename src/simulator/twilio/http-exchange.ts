import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import type { Clock } from "../clock.ts";

export type Exchange = {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body: string;
  connectTimeoutMs: number;
  readTimeoutMs: number;
};

export type Exchanged =
  | { kind: "answered"; status: number; headers: IncomingMessage["headers"]; body: string }
  | { kind: "failed"; by: "ct" | "rt"; message: string };

/** One HTTP request on a connection of its own; never throws. Time-outs run on the simulator's clock. */
export function exchange(clock: Clock, { url, method, headers, body, ...timeouts }: Exchange): Promise<Exchanged> {
  return new Promise((resolve) => {
    const send = url.startsWith("https:") ? requestHttps : requestHttp;
    const request = send(url, { method, headers, agent: false });
    let by: "ct" | "rt" = "ct";
    let cancelTimer = clock.after(timeouts.connectTimeoutMs, () => fail("connecting took too long"));

    function finish(result: Exchanged): void {
      cancelTimer();
      resolve(result);
    }
    function fail(message: string): void {
      finish({ kind: "failed", by, message });
      request.destroy();
    }

    request.on("socket", (socket) => {
      socket.on("connect", () => {
        by = "rt";
        cancelTimer();
        cancelTimer = clock.after(timeouts.readTimeoutMs, () => fail("the answer took too long"));
      });
    });
    request.on("error", (error) => fail(error.message));
    request.on("response", (response) => {
      text(response).then(
        (body) => finish({ kind: "answered", status: response.statusCode ?? 0, headers: response.headers, body }),
        (error: unknown) => fail(String(error)),
      );
    });
    request.end(body);
  });
}
