import express, { type NextFunction, type Request, type Response } from "express";
import { z } from "zod";
import type { Backstage } from "./backstage.ts";
import type { Clock, ManualClock } from "./clock.ts";
import { backstageRoutes } from "./control-backstage.ts";
import { streamEvents } from "./control-events.ts";
import { phoneRoutes } from "./control-phones.ts";
import { type ControlRoute, get, post } from "./control-route.ts";
import { slackRoutes } from "./control-slack.ts";
import { snapshot } from "./control-state.ts";
import { showVisited, type Visited } from "./visit.ts";
import { slackCoverage } from "./slack/coverage.ts";
import type { SlackSimulator } from "./slack/slack.ts";
import { TWILIO_COVERAGE } from "./twilio/coverage.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

export type ControlDeps = {
  twilio: TwilioSimulator;
  slack: SlackSimulator;
  backstage: Backstage;
  clock: Clock | ManualClock;
  connect: (service: { publicUrl: string; listenUrl: string }) => void;
  /** Opens a page of the service's, as a browser would from outside. */
  visit: (url: string) => Promise<Visited>;
};

/** Everything a person can do, and everything that can go wrong, for a page, a script or curl. */
export function controlRouter(deps: ControlDeps): express.Router {
  const router = express.Router();
  router.use(express.json());
  const { twilio, slack, backstage } = deps;
  const routes = [phoneRoutes(twilio), slackRoutes(slack), backstageRoutes(backstage, twilio), worldRoutes(deps)];
  for (const route of routes.flat()) register(router, route);
  router.get("/visit", (req, res) => showVisited(deps.visit(textOf(req.query["url"])), res));
  router.get("/events", (_req, res) => streamEvents(deps, res));
  router.use((_req: Request, res: Response) => void res.status(404).json({ error: "no such control" }));
  router.use(answerError);
  return router;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function register(router: express.Router, { method, path, run }: ControlRoute): void {
  const verb = method === "GET" ? "get" : method === "POST" ? "post" : "delete";
  router[verb](path, async (req: Request, res: Response) => {
    const body: unknown = req.body;
    const result = await run({ body, param: (name) => String(req.params[name] ?? "") });
    res.json(result ?? { ok: true });
  });
}

const wholeMs = z.int().min(0);
const fault = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slow"), delayMs: wholeMs }),
  z.object({ kind: z.enum(["hang", "refused", "answer-lost"]) }),
  z.object({
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().min(0).exactOptional(),
    body: z.unknown().exactOptional(),
  }),
  z.object({ kind: z.literal("late-effect"), delayMs: wholeMs }),
]);
const faultRule = z.object({
  half: z.enum(["twilio", "slack"]),
  route: z.string(),
  fault,
  times: z.int().min(1).exactOptional(),
});

function worldRoutes({ twilio, slack, backstage, clock, connect }: ControlDeps): ControlRoute[] {
  return [
    get("/state", () => snapshot({ twilio, slack, backstage, clock })),
    get("/coverage", () => ({ twilio: TWILIO_COVERAGE, slack: slackCoverage })),
    get("/faults", () => ({ twilio: twilio.faults.list(), slack: slack.faults.list() })),
    post("/faults", faultRule, ({ half, ...rule }) => void { twilio, slack }[half].faults.add(rule)),
    {
      method: "DELETE",
      path: "/faults",
      run() {
        backstage.resetSwitches();
        twilio.faults.clear();
        slack.faults.clear();
      },
    },
    post("/connect", z.object({ publicUrl: z.url(), listenUrl: z.url().exactOptional() }), ({ publicUrl, listenUrl }) =>
      connect({ publicUrl, listenUrl: listenUrl ?? publicUrl }),
    ),
    post("/clock/advance", z.object({ ms: wholeMs }), ({ ms }) => getManual(clock).advance(ms)),
    post("/clock/jump", z.object({ ms: z.int() }), ({ ms }) => getManual(clock).jump(ms)),
  ];
}

function getManual(clock: Clock | ManualClock): ManualClock {
  if ("advance" in clock) return clock;
  throw new Error("this simulator runs on real time");
}

/** A person who asks for what cannot be done is told why. */
function answerError(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  if (error instanceof z.ZodError) res.status(400).json({ error: z.prettifyError(error) });
  else res.status(409).json({ error: error instanceof Error ? error.message : String(error) });
}
