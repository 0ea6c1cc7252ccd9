import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A wire to somewhere that can be cut, and tells what goes over it. */
export type TcpProxy = {
  port: number;
  /** Breaks every connection, and makes no more until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** What one connection carried towards the other end; the last of it may be unanswered. */
export type Carried = { sent: string; isAnswered: boolean };

/** @param watch told of each connection when something is sent over it, and when an answer comes */
export async function startTcpProxy(
  to: { port: number; host: string },
  watch: (connection: Socket, carried: Carried) => void = () => undefined,
): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
    const far = connect(to);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.on("data", (chunk) => watch(near, { sent: chunk.toString("latin1"), isAnswered: false }));
    far.on("data", () => watch(near, { sent: "", isAnswered: true }));
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut() {
      isCut = true;
      for (const socket of [...open]) socket.resetAndDestroy();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of [...open]) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
