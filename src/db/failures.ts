/** Whether a write failed because a row with the same key is there: 23505 on PostgreSQL, a code on SQLite. */
export function isUniqueViolation(error: unknown): boolean {
  const codes = [codeOf(error), error instanceof Error ? codeOf(error.cause) : null];
  return codes.some(
    (code) => code === "23505" || code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY",
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : null;
}
