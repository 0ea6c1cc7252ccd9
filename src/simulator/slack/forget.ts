import type { Workspace } from "./workspace.ts";

/** Drops messages, calls, triggers and response URLs from before an instant, as if they had been deleted unseen. */
export function forgetOld(workspace: Workspace, before: number): void {
  workspace.messages = workspace.messages.filter(({ at }) => at >= before);
  workspace.calls = workspace.calls.filter(({ at }) => at >= before);
  for (const issued of [workspace.triggers, workspace.responseUrls]) {
    for (const [id, { issuedAt }] of issued) if (issuedAt < before) issued.delete(id);
  }
}
