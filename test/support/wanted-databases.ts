export type Dialect = "sqlite" | "postgres";

/**
 * Whether this run leaves PostgreSQL out: only when `CONFLINE_TEST_DATABASES=sqlite` says so, never because no server
 * was found.
 *
 * @throws when the variable has a value that means nothing: a typing error must not choose for us
 */
export function isPostgresSkipped(env: NodeJS.ProcessEnv): boolean {
  const wanted = env["CONFLINE_TEST_DATABASES"] ?? "all";
  if (wanted !== "all" && wanted !== "sqlite") {
    throw new Error(`CONFLINE_TEST_DATABASES is "all" (the default) or "sqlite", not "${wanted}"`);
  }
  return wanted === "sqlite";
}

/** The databases that this run tests on. */
export function wantedDialects(env: NodeJS.ProcessEnv): readonly Dialect[] {
  return isPostgresSkipped(env) ? ["sqlite"] : ["sqlite", "postgres"];
}

/** What the end of the run has to say about it. */
export function skippedDatabasesNotice(env: NodeJS.ProcessEnv): string[] {
  if (!isPostgresSkipped(env)) return [];
  return ["", "!!! The PostgreSQL tests were SKIPPED, because CONFLINE_TEST_DATABASES=sqlite !!!", ""];
}
