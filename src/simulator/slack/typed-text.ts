import type { Workspace } from "./workspace.ts";

/** How mentions arrive: as the docs have it now, or as older apps get them. */
export type MentionStyle = "id" | "id-and-name";

const PIECES =
  /<@[UW][A-Z0-9]+(?:\|[^>]*)?>|<#[CG][A-Z0-9]+(?:\|[^>]*)?>|(?<![\w@/.])[@#][\w.-]*\w|https?:\/\/[^\s<>"]+/g;

/**
 * What a person types, as Slack hands it to a command with `should_escape` on: `@name` and `#name` become mentions
 * when there is such a person or channel, URLs get angle brackets, and `& < >` are escaped. Mentions that are already
 * written out pass through.
 */
export function escapeTyped(workspace: Workspace, typed: string, style: MentionStyle): string {
  let escaped = "";
  let end = 0;
  for (const match of typed.matchAll(PIECES)) {
    escaped += escapeEntities(typed.slice(end, match.index)) + escapePiece(workspace, match[0], style);
    end = match.index + match[0].length;
  }
  return escaped + escapeEntities(typed.slice(end));
}

function escapePiece(workspace: Workspace, piece: string, style: MentionStyle): string {
  const name = piece.slice(1);
  if (piece.startsWith("<@") || piece.startsWith("<#")) return piece;
  if (piece.startsWith("http")) return `<${escapeEntities(piece)}>`;
  if (piece.startsWith("@")) {
    const user = [...workspace.users.values()].find((one) => one.name === name);
    if (!user) return piece;
    return style === "id" ? `<@${user.id}>` : `<@${user.id}|${user.name}>`;
  }
  const channel = [...workspace.channels.values()].find((one) => one.name === name && !one.isIm);
  return channel ? `<#${channel.id}|${channel.isPrivate ? "" : channel.name}>` : piece;
}

function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
