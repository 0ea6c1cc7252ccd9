import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { readConfig } from "../../src/config.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { ACCOUNTS, environmentFor, PUBLIC_URL } from "../../test/support/world.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { type RoundRobin, startRoundRobin } from "./round-robin.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

export const MODERATOR = "U0ISABELLE";
export const CHANNELS = ["C0NODE0", "C0NODE1", "C0NODE2", "C0NODE3"] as const;
const SLACK_TAKES_MS = 1200;
const TWILIO_TAKES_MS = 400;

/** One node, with wires of its own to the database and to the outside. */
export type TownNode = {
  process: NodeProcess;
  database: TcpProxy;
  outside: TcpProxy;
  /** Channels about which it has asked Slack, and was not answered yet. */
  asking(): string[];
};

/** Two nodes on one PostgreSQL database behind a load balancer, and a simulated outside: all in real time. */
export type Town = {
  sim: Simulator;
  nodes: [TownNode, TownNode];
  sql: Client;
  databaseUrl: string;
  /** From now on Slack and Twilio answer at once. */
  hurry(): void;
  close(): Promise<void>;
};

export async function startTown(databaseUrl: string, folder: string, seed: number): Promise<Town> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const members = [MODERATOR];
    const channels = CHANNELS.map((id) => ({ id, name: id.slice(2).toLowerCase(), appIsIn: true, members }));
    const sim = await startSimulator({ seed, ...ACCOUNTS, slack: { ...ACCOUNTS.slack, channels } });
    closing.push(() => sim.close());
    const nodes: TownNode[] = [];
    for (let n = 0; n < 2; n += 1) {
      const node = await startTownNode(sim.url, databaseUrl, folder, closing);
      nodes.push(node);
    }
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error("there are two nodes");
    const front: RoundRobin = await startRoundRobin([first.process.port, second.process.port]);
    closing.push(() => front.close());
    sim.connect({ publicUrl: PUBLIC_URL, listenUrl: front.url });
    const sql = await connect(databaseUrl);
    closing.push(() => sql.end().catch(() => undefined));
    return { sim, nodes: [first, second], sql, databaseUrl, hurry: slowDown(sim), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Work is under way at the moment of a fault only if it takes its time. @returns ends that */
function slowDown(sim: Simulator): () => void {
  const service = "/verify/v2/Services/:serviceSid";
  const ends = [
    sim.slack.faults.add({
      route: "POST /slack/api/chat.postMessage",
      fault: { kind: "slow", delayMs: SLACK_TAKES_MS },
    }),
    ...["/2010-04-01/Accounts/:accountSid/Calls.json", `${service}/Verifications`, `${service}/VerificationCheck`].map(
      (path) => sim.twilio.faults.add({ route: `POST ${path}`, fault: { kind: "slow", delayMs: TWILIO_TAKES_MS } }),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

async function startTownNode(
  outsideUrl: string,
  databaseUrl: string,
  folder: string,
  closing: (() => Promise<unknown>)[],
): Promise<TownNode> {
  const asked = new Map<object, string>();
  const outside = await startTcpProxy(whereIs(outsideUrl), (connection, { sent, isAnswered }) => {
    if (isAnswered) return void asked.delete(connection);
    const channel = /[&\n]channel=(C\w+)/.exec(sent)?.[1];
    if (channel !== undefined) asked.set(connection, channel);
  });
  closing.push(() => outside.close());
  const database = await startTcpProxy(whereIs(databaseUrl));
  closing.push(() => database.close());
  const throughProxy = Object.assign(new URL(databaseUrl), { port: String(database.port) }).href;
  const env = environmentFor(`http://127.0.0.1:${outside.port}`, {
    DATABASE_URL: throughProxy,
    CALLS_PER_SECOND: "5",
    LOG_LEVEL: "warn",
  });
  const read = readConfig(env);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  const process = await startNode(env, folder);
  closing.push(() => process.end());
  return { process, database, outside, asking: () => [...asked.values()] };
}

function whereIs(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** A connection that may break: the server is restarted under it. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

export const newId = randomUUID;
