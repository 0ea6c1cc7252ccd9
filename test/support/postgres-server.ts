import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { findPostgresBinaries, type ServerUser, serverUser } from "./postgres-binaries.ts";

export type PostgresServer = {
  /** Of the superuser on database `postgres`; anybody on this machine may connect. */
  url: string;
  stop: () => Promise<void>;
  /** Ends it at once, as a crash does, and starts it again with the same data and on the same port. */
  restart: () => Promise<void>;
};

type Settings = Readonly<Record<string, string>>;
type Keeper = ChildProcessByStdio<Writable, null, Readable>;

const READY = "database system is ready to accept connections";
const START_LIMIT_MS = 60_000;

/** Said to the keeper, it leaves the data. */
const KEEP = "keep-data";

// The server lives exactly as long as our end of the keeper's input: killed outright, we still leave nothing behind.
const KEEPER = `
  folder=$1; shift
  exec 3<&0
  "$@" </dev/null 3<&- & server=$!
  (while read -r word; do touch "$folder/$word"; done; kill -QUIT "$server" 2>/dev/null) <&3 3<&- &
  wait "$server"; code=$?
  if [ -e "$folder/${KEEP}" ]; then rm "$folder/${KEEP}"; else rm -rf "$folder"; fi
  exit "$code"
`;

// Nothing of this server outlives the run, so nothing of it needs to reach the disk.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
  shared_buffers: "64MB",
  wal_level: "minimal",
  max_wal_senders: "0",
};

/**
 * Sets up a fresh PostgreSQL server on a free loopback port.
 *
 * @param settings besides our own, or instead of them: one that is restarted must not forget what it confirmed
 * @throws when no binaries are found, or the server does not start; the message holds what it said
 */
export async function startPostgres(env: NodeJS.ProcessEnv, settings: Settings = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "confline-postgres-"));
  try {
    const user = serverUser();
    chmodSync(folder, 0o700);
    if (user !== undefined) chownSync(folder, user.uid, user.gid);
    const binaries = findPostgresBinaries(env, user, folder);
    createCluster(binaries, user, folder);
    return await keepServer(binaries, user, folder, { ...SETTINGS, ...settings });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function createCluster(binaries: string, user: ServerUser, folder: string): void {
  const flags = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const { status, stderr, error } = spawnSync(join(binaries, "initdb"), [...flags, "-D", join(folder, "data")], {
    ...user,
    cwd: folder,
    env: serverEnv(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

async function keepServer(
  binaries: string,
  user: ServerUser,
  folder: string,
  settings: Settings,
): Promise<PostgresServer> {
  const port = await freePort();
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = [join(binaries, "postgres"), "-D", join(folder, "data"), "-p", String(port), ...flags];
  let running = await startServer(command, user, folder);
  const stop = async () => {
    running.keeper.stdin.end();
    await running.exited;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop,
    async restart() {
      running.keeper.stdin.write(`${KEEP}\n`);
      await stop();
      running = await startServer(command, user, folder);
    },
  };
}

async function startServer(command: readonly string[], user: ServerUser, folder: string) {
  const keeper = spawn("/bin/sh", ["-c", KEEPER, "keeper", folder, ...command], {
    ...user,
    cwd: "/",
    env: serverEnv(),
    stdio: ["pipe", "ignore", "pipe"],
    // A group of its own: Ctrl-C in the terminal is for the tests, which then stop the server.
    detached: true,
  });
  const exited = once(keeper, "exit");
  await untilReady(keeper);
  return { keeper, exited };
}

/** Nothing of the outside: a PGHOST or LANG of the developer's must not change what the tests see. */
function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LD_LIBRARY_PATH: process.env["LD_LIBRARY_PATH"], LC_ALL: "C", TZ: "UTC" };
}

async function untilReady(keeper: Keeper): Promise<void> {
  let said = "";
  const { promise, resolve, reject } = deferred();
  const give = (reason: string) => reject(new Error(`PostgreSQL ${reason}:\n${said}`));
  const limit = setTimeout(() => {
    keeper.stdin.end();
    give(`did not start within ${START_LIMIT_MS} ms`);
  }, START_LIMIT_MS);
  keeper.once("exit", () => give("ended at once"));
  keeper.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
    if (said.includes(READY)) resolve();
  });
  await promise.finally(() => clearTimeout(limit));
}

function deferred() {
  let settle: { resolve: () => void; reject: (reason: Error) => void } | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: () => settle?.resolve(), reject: (reason: Error) => settle?.reject(reason) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return address.port;
}
