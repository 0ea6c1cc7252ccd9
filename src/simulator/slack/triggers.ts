import type { Trigger, Workspace } from "./workspace.ts";

const TRIGGER_LIFE_MS = 3000;

/** A `trigger_id` for what a person has just done; `viewId` when they did it inside a modal. */
export function issueTrigger(workspace: Workspace, userId: string, viewId: string | null): string {
  const { random } = workspace;
  const id = `1${random.digits(12)}.2${random.digits(12)}.${random.hex(32)}`;
  workspace.triggers.set(id, { userId, issuedAt: workspace.clock.now(), wasUsed: false, viewId });
  return id;
}

/** Uses a trigger up; says with which error Slack would refuse it. */
export function exchangeTrigger(
  workspace: Workspace,
  id: string,
): { kind: "exchanged"; trigger: Trigger } | { kind: "refused"; error: string } {
  const trigger = workspace.triggers.get(id);
  if (!trigger) return { kind: "refused", error: "invalid_trigger_id" };
  if (trigger.wasUsed) return { kind: "refused", error: "exchanged_trigger_id" };
  if (workspace.clock.now() - trigger.issuedAt > TRIGGER_LIFE_MS)
    return { kind: "refused", error: "expired_trigger_id" };
  trigger.wasUsed = true;
  return { kind: "exchanged", trigger };
}
