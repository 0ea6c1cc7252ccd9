import { type Courier, type Delivery, JSON_TYPE } from "./delivery.ts";
import { LEGACY_TOKEN, notGrid } from "./interaction-payloads.ts";
import type { JsonObject } from "./json.ts";
import { tsAt } from "./messages.ts";
import { slackId, type Workspace } from "./workspace.ts";

/** How the service took an event; `attempts` grows with every retry. */
export type EventOutcome = { eventId: string; attempts: Delivery[] };

export type EventSender = {
  /** Resolves after the first attempt and, when that failed, the immediate second. */
  send: (type: string, payload: JsonObject) => Promise<EventOutcome>;
  /** The same, but only when the app has subscribed to this kind of event. */
  tell(type: string, payload: JsonObject): Promise<void>;
  close(): void;
};

/** Slack tries again at once, after a minute and after five. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

export function createEventSender(workspace: Workspace, courier: Courier): EventSender {
  const waiting = new Set<() => void>();

  async function attempt(outcome: EventOutcome, body: string, number: number): Promise<void> {
    const delivery = await courier.send("event", JSON_TYPE, body, { headers: retryHeaders(outcome, number) });
    outcome.attempts.push(delivery);
    const delayMs = RETRY_DELAYS_MS[number];
    if (isTaken(delivery) || delivery.headers["x-slack-no-retry"] === "1" || delayMs === undefined) return;
    if (delayMs === 0) return attempt(outcome, body, number + 1);
    const cancel = workspace.clock.after(delayMs, () => {
      waiting.delete(cancel);
      return attempt(outcome, body, number + 1);
    });
    waiting.add(cancel);
  }

  async function send(type: string, payload: JsonObject): Promise<EventOutcome> {
    const outcome: EventOutcome = { eventId: slackId(workspace, "Ev"), attempts: [] };
    await attempt(outcome, JSON.stringify(envelope(workspace, outcome.eventId, type, payload)), 0);
    return outcome;
  }

  return {
    send,
    async tell(type, payload) {
      if (workspace.events.has(type)) await send(type, payload);
    },
    close: () => waiting.forEach((cancel) => cancel()),
  };
}

function envelope(workspace: Workspace, eventId: string, type: string, payload: JsonObject): JsonObject {
  const now = workspace.clock.now();
  const bot = { enterprise_id: null, team_id: workspace.teamId, user_id: workspace.botUserId, is_bot: true };
  const isDead = type === "app_uninstalled" || type === "tokens_revoked";
  return {
    token: LEGACY_TOKEN,
    team_id: workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event: { type, ...payload, event_ts: tsAt(now * 1000) },
    type: "event_callback",
    event_id: eventId,
    event_time: Math.floor(now / 1000),
    authorizations: isDead ? [] : [{ ...bot, is_enterprise_install: notGrid.is_enterprise_install }],
    is_ext_shared_channel: false,
    event_context: `4-${workspace.random.hex(20)}`,
  };
}

function isTaken(delivery: Delivery): boolean {
  return delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
}

function retryHeaders(outcome: EventOutcome, number: number): { [name: string]: string } {
  const last = outcome.attempts.at(-1);
  if (number === 0 || !last) return {};
  return { "X-Slack-Retry-Num": String(number), "X-Slack-Retry-Reason": retryReason(last) };
}

function retryReason(delivery: Delivery): string {
  if (delivery.error === "operation_timeout") return "http_timeout";
  return delivery.error ?? "http_error";
}
