/** A route of the simulator and how much of the real one it does. */
export type CoverageRow = { method: "GET" | "POST"; path: string; support: "full" | "partial"; note?: string };

const noPointer = "no interactivity_pointer";
const noAttachments = "no attachments, files, markdown_text or custom names";

/** The routes are registered from this table. */
export const slackCoverage: readonly CoverageRow[] = [
  { method: "POST", path: "/slack/api/chat.postMessage", support: "partial", note: noAttachments },
  { method: "POST", path: "/slack/api/chat.postEphemeral", support: "partial", note: `${noAttachments}; no threads` },
  { method: "POST", path: "/slack/api/chat.update", support: "partial", note: noAttachments },
  { method: "POST", path: "/slack/api/chat.delete", support: "full" },
  { method: "POST", path: "/slack/api/conversations.open", support: "partial", note: "one person at a time" },
  { method: "POST", path: "/slack/api/views.open", support: "partial", note: noPointer },
  { method: "POST", path: "/slack/api/views.push", support: "partial", note: noPointer },
  { method: "POST", path: "/slack/api/views.update", support: "full" },
  { method: "POST", path: "/slack/api/views.publish", support: "full" },
  ...readMethod("auth.test", "full"),
  ...readMethod("users.info", "partial", "no locale"),
  ...readMethod("users.list", "partial", "no locale"),
  ...readMethod("conversations.info", "partial", "no locale"),
  ...readMethod("conversations.members", "full"),
  ...readMethod("conversations.history", "partial", "no attachments, files or reactions"),
  ...readMethod("conversations.replies", "partial", "no attachments, files or reactions"),
  ...readMethod(":method", "full", "any other method: unknown_method"),
  { method: "POST", path: "/slack/response/:kind/:teamId/:id/:secret", support: "partial", note: noAttachments },
];

/** Slack answers reads to GET as well. */
function readMethod(name: string, support: CoverageRow["support"], note?: string): CoverageRow[] {
  const row = { path: `/slack/api/${name}`, support, ...(note === undefined ? {} : { note }) };
  return [
    { method: "GET", ...row },
    { method: "POST", ...row },
  ];
}
