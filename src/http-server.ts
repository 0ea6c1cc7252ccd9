import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export type HttpServer = {
  url: string;
  /** Takes no more connections, and waits until every request that came is answered. */
  close(): Promise<void>;
};

/** @param host which address; all of them when undefined */
export async function listen(web: RequestListener, port: number, host: string | undefined): Promise<HttpServer> {
  const server = createServer(web);
  server.requestTimeout = 20_000;
  server.headersTimeout = 10_000;
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
