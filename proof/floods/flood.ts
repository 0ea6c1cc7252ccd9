import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** So many badly signed requests a second for so long, and so many clients that send slowly meanwhile. */
export type Flood = { port: number; perSecond: number; seconds: number; slowClients: number };

export type Flooded = { sent: number; refused: number };

const CONNECTIONS = 50;
const TICK_MS = 10;
const BODY = new URLSearchParams({ CallSid: `CA${"0".repeat(32)}`, From: "+12025550112" }).toString();
const BADLY_SIGNED = [
  "POST /twilio/voice HTTP/1.1",
  "Host: line.example.org",
  "Content-Type: application/x-www-form-urlencoded",
  `Content-Length: ${BODY.length}`,
  "X-Twilio-Signature: bm90IHRoZSBzaWduYXR1cmUgb2YgdGhpcw==",
  "",
  BODY,
].join("\r\n");

// A process of its own: whoever is measured must not share a thread with whoever floods.
process.on("message", (flood: Flood) => {
  void send(flood).then((flooded) => process.send?.(flooded));
});

async function send({ port, perSecond, seconds, slowClients }: Flood): Promise<Flooded> {
  let refused = 0;
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
  for (const socket of sockets) {
    socket.on("data", (chunk) => {
      refused += chunk.toString("latin1").split("HTTP/1.1 403 ").length - 1;
    });
  }
  const slow = await Promise.all(Array.from({ length: slowClients }, () => open(port)));
  for (const socket of slow) socket.write("POST /twilio/voice HTTP/1.1\r\nHost: line.example.org\r\n");
  const startedAt = performance.now();
  let sent = 0;
  while (sent < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, ((performance.now() - startedAt) / 1000) * perSecond);
    for (; sent < due; sent += 1) sockets[sent % CONNECTIONS]?.write(BADLY_SIGNED);
    for (const socket of slow) if (!socket.destroyed) socket.write("X");
    await pause(TICK_MS);
  }
  await pause(1000);
  for (const socket of [...sockets, ...slow]) socket.destroy();
  return { sent, refused };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  // A slow client is cut off.
  socket.on("error", () => undefined);
  return socket;
}
