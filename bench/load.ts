import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Callers, prepareCalls } from "./calls.ts";
import { prepareCommands, type Typing } from "./commands.ts";

/** What is sent: calls of such callers, or commands in Slack. */
type Senders = Callers | Typing;

/** One round: so many requests, so many at a time, shared out over the services that listen there. */
export type Round = { ports: number[]; calls: number; connections: number; senders: Senders; expected: string };

export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; maxMs: number };

const END_OF_HEAD = "\r\n\r\n";

// A process of its own: whoever is measured must not share a thread with whoever measures.
process.on("message", (round: Round) => {
  void measure(round).then((measured) => process.send?.(measured));
});

async function measure({ ports, calls, connections, senders, expected }: Round): Promise<Measured> {
  const requests = "responseUrl" in senders ? prepareCommands(calls, senders) : prepareCalls(calls, senders);
  const portOf = (connection: number) => ports[connection % ports.length] ?? 0;
  const sockets = await Promise.all(Array.from({ length: connections }, (_, connection) => open(portOf(connection))));
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  await Promise.all(sockets.map((socket) => callUntilDone(socket, requests, expected, latenciesMs)));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.destroy();
  latenciesMs.sort((a, b) => a - b);
  const percentile = (share: number) => latenciesMs[Math.ceil(latenciesMs.length * share) - 1] ?? Number.NaN;
  return { perSecond: calls / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99), maxMs: percentile(1) };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** One caller after the other on one connection, each as soon as the last one was answered. */
function callUntilDone(socket: Socket, requests: Buffer[], expected: string, latenciesMs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let received = "";
    const next = () => {
      const request = requests.pop();
      if (request === undefined) return resolve();
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isWhole(received)) return;
      latenciesMs.push(performance.now() - sentAt);
      if (!received.startsWith("HTTP/1.1 200 ") || !received.includes(expected)) reject(new Error(received));
      received = "";
      next();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("a connection was closed in mid-round")));
    next();
  });
}

function isWhole(received: string): boolean {
  const head = received.indexOf(END_OF_HEAD);
  if (head === -1) return false;
  const headers = received.slice(0, head);
  // An acknowledgement comes so, and is empty.
  if (/\r\ntransfer-encoding: chunked/i.test(headers)) return received.endsWith(`0${END_OF_HEAD}`);
  const length = /\r\ncontent-length: (\d+)/i.exec(headers)?.[1];
  if (length === undefined) throw new Error("an answer without a length");
  return received.length >= head + END_OF_HEAD.length + Number(length);
}
