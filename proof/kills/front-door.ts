import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** What comes to a webhook's first request on a connection: the same request must always get the same answer. */
export type Exchange = { request: string; answer: string };

/** Stands in front of the service, as a load balancer does, and stays when the service is gone. */
export type FrontDoor = {
  url: string;
  /** Lets everybody through to the service on this port, those first who wait. */
  open(port: number): void;
  /** The service may go: who comes then waits for it, or is sent away. */
  whenGone(how: "waits" | "refused"): void;
  /** It is gone. */
  close(): void;
  isOpen(): boolean;
  /** Webhooks of the phone network that were answered in full, in order. */
  answered(): Exchange[];
  end(): Promise<void>;
};

export async function openFrontDoor(): Promise<FrontDoor> {
  const answered: Exchange[] = [];
  const inside = new Set<Socket>();
  const waiting = new Set<Socket>();
  let port: number | null = null;
  let isRefusing = false;

  function letThrough(client: Socket, to: number): void {
    const service = connect(to, "127.0.0.1");
    service.once("error", () => keepOut(client));
    service.once("connect", () => join(client, service));
  }

  function keepOut(client: Socket): void {
    if (isRefusing) client.resetAndDestroy();
    else {
      waiting.add(client);
      client.once("close", () => waiting.delete(client));
    }
  }

  function join(client: Socket, service: Socket): void {
    const heard = { request: "", answer: "" };
    const both = [client, service];
    for (const socket of both) {
      const other = socket === client ? service : client;
      inside.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        inside.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (chunk: Buffer) => (heard.request += chunk.toString()));
    service.on("data", (chunk: Buffer) => (heard.answer += chunk.toString()));
    service.on("close", () => note(heard));
    client.pipe(service);
    service.pipe(client);
  }

  function note({ request, answer }: Exchange): void {
    const path = /^POST (\/twilio\/\S+)/.exec(request)?.[1];
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    const isWhole = head.startsWith("HTTP/1.1 20") && Number(length ?? 0) === Buffer.byteLength(body);
    if (path !== undefined && isWhole) {
      answered.push({ request: `${path} ${request.split("\r\n\r\n")[1] ?? ""}`, answer: body });
    }
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    client.on("error", () => client.destroy());
    if (port !== null) letThrough(client, port);
    else keepOut(client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    open(to) {
      port = to;
      for (const client of [...waiting]) letThrough(client, to);
      waiting.clear();
    },
    whenGone(how) {
      isRefusing = how === "refused";
    },
    close() {
      port = null;
    },
    isOpen: () => port !== null,
    answered: () => [...answered],
    async end() {
      for (const socket of [...inside, ...waiting]) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
