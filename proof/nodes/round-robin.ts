import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

const CHECK_EVERY_MS = 300;
const CHECK_WITHIN_MS = 1000;

export type RoundRobin = { url: string; close(): Promise<void> };

type Backend = { port: number; isReady: boolean };

/**
 * A load balancer as the README wants it: one node after the other, of those whose `/readyz` says that they are ready.
 *
 * It repeats nothing: a request whose node dies is answered with 502, and whoever sent it decides.
 */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const backends = ports.map((port): Backend => ({ port, isReady: true }));
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  const checking = setInterval(() => void Promise.all(backends.map(check)), CHECK_EVERY_MS);

  function next(): Backend | undefined {
    const ready = backends.filter(({ isReady }) => isReady);
    turn += 1;
    return ready[turn % Math.max(1, ready.length)];
  }

  const server = createServer((req, res) => {
    const backend = next();
    if (backend === undefined) return void res.writeHead(503).end();
    pass(req, res, backend.port, agent);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    async close() {
      clearInterval(checking);
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function check(backend: Backend): Promise<void> {
  const url = `http://127.0.0.1:${backend.port}/readyz`;
  const signal = AbortSignal.timeout(CHECK_WITHIN_MS);
  backend.isReady = await fetch(url, { signal }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}

function pass(req: IncomingMessage, res: ServerResponse, port: number, agent: Agent): void {
  const { method, url, headers } = req;
  const passed = request({ host: "127.0.0.1", port, path: url, method, headers, agent }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
    answer.on("error", () => res.destroy());
  });
  passed.on("error", () => (res.headersSent ? res.destroy() : void res.writeHead(502).end()));
  // Twilio and Slack stop waiting; the node is not told of it, as behind most load balancers.
  res.on("error", () => undefined);
  req.pipe(passed);
}
