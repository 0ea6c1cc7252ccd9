import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NONE: readonly string[] = [];
const HISTORY = ["channels:history", "groups:history", "im:history"];
const CHANNELS = ["channels:read", "groups:read"];

/** The bot scopes that each method of Slack's needs, for public and private channels and direct messages. */
const SCOPES_OF_METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ["auth.test", NONE],
  ["chat.delete", ["chat:write"]],
  ["chat.getPermalink", NONE],
  ["chat.postEphemeral", ["chat:write"]],
  ["chat.postMessage", ["chat:write"]],
  ["chat.update", ["chat:write"]],
  ["conversations.history", HISTORY],
  ["conversations.info", CHANNELS],
  ["conversations.list", CHANNELS],
  ["conversations.members", CHANNELS],
  ["conversations.open", ["im:write"]],
  ["conversations.replies", HISTORY],
  ["users.info", ["users:read"]],
  ["users.list", ["users:read"]],
  ["users.lookupByEmail", ["users:read.email"]],
  ["users.profile.get", ["users.profile:read"]],
  ["views.open", NONE],
  ["views.publish", NONE],
  ["views.push", NONE],
  ["views.update", NONE],
]);

const SCOPES_OF_EVENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["app_home_opened", NONE],
  ["app_uninstalled", NONE],
  ["channel_archive", ["channels:read"]],
  ["group_archive", ["groups:read"]],
  ["member_joined_channel", CHANNELS],
  ["tokens_revoked", NONE],
  ["user_change", ["users:read"]],
]);

const FAMILIES = "auth|bots|chat|conversations|files|oauth|pins|reactions|team|usergroups|users|views";
const CALL = new RegExp(`\\b\\w+\\??\\.((?:${FAMILIES})(?:\\.[a-zA-Z]+)+)\\s*\\(`, "g");
const QUOTED = new RegExp(`["'\`]((?:${FAMILIES})(?:\\.[a-zA-Z]+)+)["'\`]`, "g");
const EVENT = /\.event\(\s*["'`](\w+)["'`]/g;
const COMMAND = /\.command\(\s*["'`](\/\w+)["'`]/g;
const INTERACTION = /\.(?:action|view|shortcut|options)\(/;

/** What a program asks of Slack. */
export type SlackUse = { methods: string[]; events: string[]; commands: string[]; hasInteractions: boolean };

/** Reads from source text which methods it calls, and which events, commands and clicks it listens to. */
export function usesIn(source: string): SlackUse {
  const found = (...patterns: RegExp[]) =>
    [...new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name ?? "")))].toSorted();
  return {
    methods: found(CALL, QUOTED),
    events: found(EVENT),
    commands: found(COMMAND),
    hasInteractions: INTERACTION.test(source),
  };
}

/**
 * The bot scopes that this use needs.
 *
 * @throws {Error} for a method or event that is not in the tables above
 */
export function scopesFor({ methods, events, commands }: SlackUse): string[] {
  const scopes = [
    ...methods.flatMap((method) => known(SCOPES_OF_METHODS, method)),
    ...events.flatMap((event) => known(SCOPES_OF_EVENTS, event)),
    ...(commands.length > 0 ? ["commands"] : []),
  ];
  return [...new Set(scopes)].toSorted();
}

function known(table: ReadonlyMap<string, readonly string[]>, name: string): readonly string[] {
  const scopes = table.get(name);
  if (scopes === undefined) throw new Error(`say in test/support/slack-scopes.ts which scopes ${name} needs`);
  return scopes;
}

/** All that the program does with Slack: its Slack edge and its wiring. */
export function sourceOfSlackEdge(root: string): string {
  const edge = join(root, "src/slack");
  const files = readdirSync(edge, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(edge, file));
  const wiring = [join(root, "src/app.ts")].filter((file) => existsSync(file));
  return [...files, ...wiring].map((file) => readFileSync(file, "utf8")).join("\n");
}
