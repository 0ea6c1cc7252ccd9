import type { JsonObject } from "./json.ts";
import type { Tier } from "./rate-limits.ts";
import type { Workspace } from "./workspace.ts";

/** One method of the Web API. What `run` returns is the whole answer, `ok` included. */
export type ApiMethod = {
  name: string;
  tier: Tier;
  /** Needed whatever the arguments are. */
  scope: string | null;
  run: (workspace: Workspace, args: JsonObject) => JsonObject;
};

export function refuse(error: string, more: JsonObject = {}): JsonObject {
  return { ok: false, error, ...more };
}

/** Null when the app was granted the scope. */
export function refuseWithout(workspace: Workspace, scope: string): JsonObject | null {
  if (workspace.scopes.has(scope)) return null;
  return refuse("missing_scope", { needed: scope, provided: [...workspace.scopes].join(",") });
}

/** An error that points at what is wrong inside blocks or a view. */
export function refuseProblems(error: string, problems: string[]): JsonObject {
  const messages = problems.map((each) => `[ERROR] ${each}`);
  return refuse(error, { errors: problems, response_metadata: { messages } });
}
