import type { ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { Client } from "pg";
import { type PostgresServer, startPostgres } from "../test/support/postgres-server.ts";
import { cpuSeconds, machineCpuSeconds } from "./cpu.ts";
import { environment } from "./environment.ts";
import type { Measured } from "./load.ts";
import { runRound, type Service, START_FLAGS, startScript, stop } from "./processes.ts";
import { seedPostgres } from "./seed.ts";

/** Shares of one core, while two nodes were called. */
export type CpuShares = { nodes: number; load: number; database: number };

/** One entry a cycle; the rounds of one cycle ran next to each other. */
export type NodeRounds = { one: Measured[]; two: Measured[]; cpu: CpuShares[]; cores: number };

export type NodeSizes = { calls: number; connections: number; cycles: number; people: number };

/** What is confirmed is on the disk: with less, a node would be measured that nobody should run. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

/**
 * Measures calls at one node and at two, each with a database of its own on one PostgreSQL server.
 *
 * @returns why it was left out where no server can be had
 */
export async function measureNodes(
  load: ChildProcess,
  standInUrl: string,
  sizes: NodeSizes,
): Promise<NodeRounds | { leftOut: string }> {
  let server: PostgresServer;
  try {
    server = await startPostgres(process.env, DURABLE);
  } catch (error) {
    return { leftOut: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
  const services: Service[] = [];
  try {
    await createDatabases(server.url, ["one", "two"]);
    for (const name of ["one", "two", "two"]) {
      const url = new URL(`/${name}`, server.url).href;
      if (name !== "two" || services.length === 1) await seedPostgres(url, sizes.people);
      services.push(
        await startScript(new URL("service.ts", import.meta.url), START_FLAGS, environment(standInUrl, url)),
      );
    }
    return await alternate(load, services, sizes);
  } finally {
    for (const { child } of services) await stop(child);
    await server.stop();
  }
}

async function alternate(load: ChildProcess, [single, ...pair]: Service[], sizes: NodeSizes): Promise<NodeRounds> {
  const rounds: NodeRounds = { one: [], two: [], cpu: [], cores: availableParallelism() };
  const one = single === undefined ? [] : [single];
  await callAt(load, one, sizes);
  await callAt(load, pair, sizes);
  for (let cycle = 0; cycle < sizes.cycles; cycle += 1) {
    if (cycle % 2 === 0) rounds.one.push(await callAt(load, one, sizes));
    const before = spent(load, pair);
    const measured = await callAt(load, pair, sizes);
    const after = spent(load, pair);
    rounds.two.push(measured);
    const share = (pick: (one: Spent) => number) => (pick(after) - pick(before)) / (after.at - before.at);
    const [nodes, sent] = [share((each) => each.nodes), share((each) => each.load)];
    rounds.cpu.push({ nodes, load: sent, database: Math.max(0, share((each) => each.machine) - nodes - sent) });
    if (cycle % 2 === 1) rounds.one.push(await callAt(load, one, sizes));
  }
  return rounds;
}

type Spent = { at: number; nodes: number; load: number; machine: number };

function spent(load: ChildProcess, services: readonly Service[]): Spent {
  const nodes = services.reduce((sum, { child }) => sum + cpuSeconds(child), 0);
  return { at: performance.now() / 1000, nodes, load: cpuSeconds(load), machine: machineCpuSeconds() };
}

function callAt(load: ChildProcess, services: readonly Service[], sizes: NodeSizes): Promise<Measured> {
  const ports = services.map(({ port }) => port);
  const senders = { people: sizes.people, strangerShare: 0 };
  const { calls, connections } = sizes;
  return runRound(load, { ports, calls, connections, senders, expected: "Please enter the 6-digit code" });
}

export async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const name of names) await client.query(`create database ${name}`);
  await client.end();
}
