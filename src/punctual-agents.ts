import { Agent as HttpAgent, type AgentOptions } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";

/** A request goes out so long after it was made, or not at all. */
const LONGEST_MS = 2000;
/** The `code` of the failure of a request that surely did not go out. */
const TOO_LATE = "ETOOLATE";

export type Agents = { http: HttpAgent; https: HttpsAgent };

/**
 * Connections over which no request goes out late.
 *
 * A process may be frozen while a connection is being made, and taken for dead. Once woken, it would at once write
 * what another process has done by then: a message would be posted twice, a phone rung twice.
 *
 * @param options no limit of connections can be among them: a request that waits for one would wait unwatched
 */
export function punctualAgents(options: Omit<AgentOptions, "maxSockets" | "maxTotalSockets"> = {}): Agents {
  const http = new HttpAgent({ ...options, keepAlive: true });
  const https = new HttpsAgent({ ...options, keepAlive: true });
  makePunctual(http, "connect");
  makePunctual(https, "secureConnect");
  return { http, https };
}

function makePunctual(agent: HttpAgent, connected: "connect" | "secureConnect"): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, onCreated) => {
    // Not the time of day: that may be set while we are frozen.
    const startedAt = performance.now();
    // What Node's own agents connect with are sockets.
    const socket = connect(options) as Socket;
    const giveUp = () => socket.destroy(tooLate());
    const timer = setTimeout(giveUp, LONGEST_MS);
    socket.once("error", (error) => {
      clearTimeout(timer);
      onCreated?.(error, socket);
    });
    socket.once(connected, () => {
      clearTimeout(timer);
      if (performance.now() - startedAt > LONGEST_MS) giveUp();
      else onCreated?.(null, socket);
    });
    return undefined;
  };
}

function tooLate(): Error {
  return Object.assign(new Error("no connection in time"), { code: TOO_LATE });
}
