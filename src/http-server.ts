import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { ErrorRequestHandler, Express } from "express";
import type { Log } from "./log.ts";

export type HttpServer = {
  url: string;
  /** Takes no more connections, and waits until every request that came is answered. */
  close(): Promise<void>;
};

/** How long a client may take, in milliseconds, and how often that is looked at. */
type Patience = { headersTimeout: number; requestTimeout: number; connectionsCheckingInterval: number };

/** Twilio and Slack send a request at once; whoever trickles one is cut off. Node alone would look every 30 s. */
const PATIENCE: Patience = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 2000 };

/** What Slack may send; Twilio's requests are far shorter. */
const LARGEST_BODY_BYTES = 1_048_576;

/** So many requests are begun in one turn of the event loop. */
const BEGUN_A_TURN = 8;
/** As many as callers at once have. Node stops reading from whoever sends on without an answer, once theirs are begun. */
const WAITING_AT_MOST = 500;

/**
 * Begins a few requests a turn, in their order, the others in the next ones. Node takes one new connection a turn:
 * whoever calls while hundreds are being answered would else wait for as many long turns as there are new connections.
 *
 * @param mostWaiting what comes when so many wait is begun at once: a queue without an end would be a way to fill memory
 */
export function inTurns<Request extends unknown[]>(
  begin: (...request: Request) => void,
  mostATurn = BEGUN_A_TURN,
  mostWaiting = WAITING_AT_MOST,
): (...request: Request) => void {
  const waiting: Request[] = [];
  let begun = 0;

  function nextTurn(): void {
    const next = waiting.splice(0, mostATurn);
    begun = next.length;
    if (begun > 0) setImmediate(nextTurn);
    for (const request of next) begin(...request);
  }

  return (...request) => {
    if (begun === mostATurn) return waiting.length < mostWaiting ? void waiting.push(request) : begin(...request);
    if (begun === 0) setImmediate(nextTurn);
    begun += 1;
    begin(...request);
  };
}

/** Leaves out whoever has hung up while they waited: their body cannot be read, and would look like an unsigned one. */
export function unlessGone(web: RequestListener): (...request: Parameters<RequestListener>) => void {
  return (req, res) => {
    if (!req.destroyed) web(req, res);
  };
}

/** @param host which address; all of them when undefined */
export async function listen(
  web: RequestListener,
  port: number,
  host: string | undefined,
  patience: Patience = PATIENCE,
): Promise<HttpServer> {
  const handle = inTurns(unlessGone(web));
  const server = createServer({ ...patience }, (req, res) => {
    if (Number(req.headers["content-length"] ?? 0) <= LARGEST_BODY_BYTES) return handle(req, res);
    // Express would read it to its end before it refused it.
    res.writeHead(413, { Connection: "close" }).end();
  });
  let isClosing = false;
  server.on("request", (_req, res) => {
    // A connection that is kept alive would hold up the end until its time-out.
    res.once("close", () => isClosing && setImmediate(() => server.closeIdleConnections()));
  });
  if (host === undefined) server.listen(port);
  else server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`,
    async close() {
      isClosing = true;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** Tells a load balancer whether to send us requests. Comes last: what failed on any route ends here. */
export function mountHealth(web: Express, checkReadiness: () => Promise<object>, log: Log): void {
  web.get("/healthz", (_req, res) => void res.json({ status: "ok" }));
  web.get("/readyz", async (_req, res) => {
    try {
      res.json({ status: "ready", ...(await checkReadiness()) });
    } catch (error) {
      log.error("not ready", error);
      res.status(503).json({ status: "not ready" });
    }
  });
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
    if (status === 500) log.error("a request failed", error);
    res.status(typeof status === "number" && status < 500 ? status : 500).end();
  };
  web.use(onError);
}
