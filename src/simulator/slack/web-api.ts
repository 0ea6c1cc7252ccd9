import express, { type Request, type Response } from "express";
import { type Answer, answerRequest, type Faults } from "../faults.ts";
import { readArguments, readToken, textArgument } from "./api-arguments.ts";
import { type ApiMethod, refuse, refuseWithout } from "./api-method.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import { type CoverageRow, slackCoverage } from "./coverage.ts";
import type { JsonObject } from "./json.ts";
import type { RateLimits } from "./rate-limits.ts";
import { useResponseUrl } from "./response-urls.ts";
import { userMethods } from "./user-methods.ts";
import { viewMethods } from "./view-methods.ts";
import type { SlackCall, Workspace } from "./workspace.ts";

export type WebApiDeps = { workspace: Workspace; faults: Faults; limits: RateLimits };

const methods = [...chatMethods, ...conversationMethods, ...userMethods, ...viewMethods];

/** Slack's Web API and its response URLs, under /slack. */
export function slackRouter(deps: WebApiDeps): express.Router {
  const router = express.Router();
  router.use("/slack", express.urlencoded({ extended: false, limit: "5mb" }), express.json({ limit: "5mb" }));
  for (const row of slackCoverage) {
    const handle = handlerFor(deps, row);
    if (row.method === "GET") router.get(row.path, handle);
    else router.post(row.path, handle);
  }
  return router;
}

/** @throws when the table names a method that is not there */
function handlerFor(deps: WebApiDeps, row: CoverageRow): (req: Request, res: Response) => Promise<void> {
  const name = row.path.replace(/^\/slack\/api\//, "");
  if (name === ":method")
    return (req, res) => answerCall(deps, row, unknownMethod(String(req.params["method"])), req, res);
  if (row.path.startsWith("/slack/response/")) return (req, res) => answerResponseUrl(deps, row, req, res);
  const method = methods.find((one) => one.name === name);
  if (!method) throw new Error(`the coverage table names ${row.path}, which is not there`);
  return (req, res) => answerCall(deps, row, method, req, res);
}

function answerCall(deps: WebApiDeps, row: CoverageRow, method: ApiMethod, req: Request, res: Response): Promise<void> {
  const { workspace, faults } = deps;
  const { clock } = workspace;
  const args = readArguments(req);
  const call = recordCall(workspace, method.name, textArgument(args, "channel") || null, res);
  const route = `${row.method} ${row.path}`;
  return clock.track(
    answerRequest({ faults, clock, route, errorBody }, req, res, () => {
      const answer = perform(deps, method, readToken(req, args), args);
      call.error = answer.error;
      workspace.emit({ kind: "called", at: call.at, method: call.method, channelId: call.channel, error: call.error });
      return answer;
    }),
  );
}

/** The status is known when the answer is out: a fault may still take it away. */
function recordCall(workspace: Workspace, method: string, channel: string | null, res: Response): SlackCall {
  const call: SlackCall = { method, channel, at: workspace.clock.now(), status: null, error: null };
  workspace.calls.push(call);
  res.on("finish", () => {
    call.status = res.statusCode;
  });
  return call;
}

function perform(
  { workspace, limits }: WebApiDeps,
  method: ApiMethod,
  token: string,
  args: JsonObject,
): Answer & { error: string | null } {
  const unauthorised = refuseToken(workspace, token);
  if (unauthorised) return answerWith(unauthorised);
  const channel = textArgument(args, "channel") || null;
  const retryAfter = limits.take({ method: method.name, tier: method.tier, channel });
  if (retryAfter !== null) {
    return {
      status: 429,
      headers: { "Retry-After": String(retryAfter) },
      body: refuse("ratelimited"),
      error: "ratelimited",
    };
  }
  const missing = method.scope === null ? null : refuseWithout(workspace, method.scope);
  const scopes = { "X-OAuth-Scopes": [...workspace.scopes].join(","), "X-Accepted-OAuth-Scopes": method.scope ?? "" };
  return { ...answerWith(missing ?? method.run(workspace, args)), headers: scopes };
}

function answerWith(body: JsonObject): Answer & { error: string | null } {
  return { status: 200, body, error: typeof body["error"] === "string" ? body["error"] : null };
}

function refuseToken(workspace: Workspace, token: string): JsonObject | null {
  if (token === "") return refuse("not_authed");
  if (token !== workspace.token.value) return refuse("invalid_auth");
  return workspace.token.refusedWith === null ? null : refuse(workspace.token.refusedWith);
}

function unknownMethod(name: string): ApiMethod {
  return { name, tier: "hundreds", scope: null, run: () => refuse("unknown_method", { req_method: name }) };
}

function answerResponseUrl(
  { workspace, faults }: WebApiDeps,
  row: CoverageRow,
  req: Request,
  res: Response,
): Promise<void> {
  const { clock } = workspace;
  const path = req.path.replace(/^\/slack\/response\//, "");
  const route = `${row.method} ${row.path}`;
  return clock.track(
    answerRequest({ faults, clock, route, errorBody }, req, res, () => useResponseUrl(workspace, path, req.body)),
  );
}

function errorBody(status: number): JsonObject {
  if (status === 429) return refuse("ratelimited");
  return refuse(status === 503 ? "service_unavailable" : "internal_error");
}
