import { timingSafeEqual } from "node:crypto";
import express, { type Request, type Router } from "express";
import { type Answer, answerRequest, type Faults } from "../faults.ts";
import { apiError } from "./api-errors.ts";
import { TWILIO_COVERAGE, type TwilioRouteKey } from "./coverage.ts";
import type { Network } from "./network.ts";

/** A request to Twilio's API, with every parameter as it came. `param` answers "" for a part the route does not have. */
export type ApiRequest = {
  path: string;
  param: (name: string) => string;
  query: URLSearchParams;
  form: URLSearchParams;
};

export type ApiHandler = {
  handle(request: ApiRequest): Answer;
  /** Done as the request arrives, before any fault delays it: answers a refusal, or what to do at the end. */
  arrive?(request: ApiRequest): Answer | (() => void);
};

/** One handler for every row of the coverage table, no more and no less. */
export type ApiHandlers = Record<TwilioRouteKey, ApiHandler>;

export function apiRouter(network: Network, faults: Faults, handlers: ApiHandlers): Router {
  const router = express.Router();
  const readBody = express.text({ type: () => true, limit: "1mb" });
  for (const row of TWILIO_COVERAGE) {
    // The template over a union of rows is wider than the union of their keys.
    const route = `${row.method} ${row.path}` as TwilioRouteKey;
    const register = { GET: router.get, POST: router.post, DELETE: router.delete }[row.method].bind(router);
    register(row.path, readBody, async (req, res) => {
      const request = readRequest(req);
      const errorBody = (status: number): unknown => apiError(status === 429 ? 20429 : 20500, {}).body;
      const { handle, arrive } = handlers[route];
      const refusal = refuse(network, req);
      const arrival = refusal ?? arrive?.(request);
      const effect = (): Answer => (arrival === undefined || typeof arrival === "function" ? handle(request) : arrival);
      await answerRequest({ faults, clock: network.clock, route, errorBody }, req, res, effect);
      if (typeof arrival === "function") arrival();
    });
  }
  return router;
}

function readRequest(req: Request): ApiRequest {
  const body: unknown = req.body;
  const parts = new Map(Object.entries(req.params));
  return {
    path: req.path,
    param: (name) => String(parts.get(name) ?? ""),
    query: new URL(req.originalUrl, "http://simulator").searchParams,
    form: new URLSearchParams(typeof body === "string" ? body : ""),
  };
}

/** The account that authenticates is the one in the path; Verify's service is ours. */
function refuse({ account }: Network, req: Request): Answer | null {
  const expected = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64")}`;
  if (!isSame(req.headers.authorization ?? "", expected)) return apiError(20003, {});
  const { accountSid, serviceSid } = req.params;
  if (accountSid !== undefined && accountSid !== account.accountSid) return apiError(20003, {});
  if (serviceSid !== undefined && serviceSid !== account.verifyServiceSid) return notFound(req.path);
  return null;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Verify's error names the resource without its version. */
export function notFound(path: string): Answer {
  return apiError(20404, { resource: path.replace(/^\/verify\/v2/, "") });
}
