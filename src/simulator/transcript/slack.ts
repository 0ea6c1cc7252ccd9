import { isObject, type JsonObject, objectsIn } from "../slack/json.ts";
import { renderPlain } from "../slack/render-plain.ts";
import type { SlackSimulator } from "../slack/slack.ts";
import type { SlackEvent, SlackMessage } from "../slack/workspace.ts";
import type { Entry, Paint } from "./entry.ts";

type Options = { tz: string; paint: Paint };

/** Words what people do and see in Slack. Of an edited message, the blocks that changed. */
export function slackReporter(
  slack: SlackSimulator,
  now: () => number,
  { tz, paint }: Options,
): (event: SlackEvent) => Entry[] {
  const shown = new Map<string, string[]>();
  const nameOf = (id: string) => userName(slack, id) ?? channelName(slack, id);

  /** Whoever alone sees a message: as an ephemeral one, or in direct messages. */
  function onlyReader({ channelId, visibleTo }: SlackMessage): string | null {
    const direct = slack.channels().find(({ id, isIm }) => id === channelId && isIm === true);
    return visibleTo ?? direct?.members[0] ?? null;
  }

  const zoneOf = (userId: string | null): string => slack.users().find(({ id }) => id === userId)?.tz ?? tz;

  function show(message: SlackMessage): string[] {
    const { text, blocks } = message;
    const own = zoneOf(onlyReader(message));
    const bold = (bare: string) => paint("bold", bare);
    const dim = (bare: string) => paint("dim", bare);
    const render = (some: JsonObject[]) =>
      renderPlain({ text, blocks: some }, { tz: own, now: now(), nameOf, bold, dim });
    return blocks.length === 0 ? [render([])] : blocks.map((block) => render([block]));
  }

  function posted(message: SlackMessage): Entry[] {
    const parts = show(message);
    shown.set(keyOf(message), parts);
    return [said(message, parts.join("\n"))];
  }

  function edited(message: SlackMessage): Entry[] {
    const before = shown.get(keyOf(message)) ?? [];
    const parts = show(message);
    shown.set(keyOf(message), parts);
    const changed = parts.filter((part) => !before.includes(part));
    return changed.length === 0 ? [] : [said(message, [paint("dim", "✎ edited:"), ...changed].join("\n"))];
  }

  function said(message: SlackMessage, text: string): Entry {
    const { channelId, threadTs } = message;
    const marked = threadTs === null ? text : `${paint("dim", "↳")} ${text}`;
    const reader = onlyReader(message);
    if (reader !== null) return person(reader, marked.replaceAll(/^/gm, "  "));
    return { kind: "channel", who: `#${channelName(slack, channelId) ?? channelId}`, text: marked };
  }

  const person = (id: string, text: string): Entry => ({ kind: "person", who: userName(slack, id) ?? id, text });

  return (event) => {
    switch (event.kind) {
      case "command":
        return [person(event.userId, paint("yellow", `${event.command} ${event.text}`))];
      case "clicked":
        return [person(event.userId, `clicks ${paint("yellow", buttonLabel(slack, event.actionId))}`)];
      case "posted":
        return posted(event.message);
      case "updated":
        return edited(event.message);
      case "deleted":
        return [said(event.message, paint("dim", "(the message is deleted)"))];
      case "submitted":
      case "view-opened":
      case "view-updated":
      case "view-closed":
      case "home-published":
      case "delivered":
      case "called":
        return [];
    }
  };
}

function keyOf({ channelId, ts }: SlackMessage): string {
  return `${channelId} ${ts}`;
}

function userName(slack: SlackSimulator, userId: string): string | undefined {
  return slack.users().find(({ id }) => id === userId)?.realName;
}

function channelName(slack: SlackSimulator, channelId: string): string | undefined {
  return slack.channels().find(({ id }) => id === channelId)?.name;
}

/** What the button of an action says where it was last shown. */
function buttonLabel(slack: SlackSimulator, actionId: string): string {
  const elements = slack.everything().flatMap(({ blocks }) => blocks.flatMap(({ elements: some }) => objectsIn(some)));
  const label = elements.findLast((element) => element["action_id"] === actionId)?.["text"];
  return isObject(label) ? `[${String(label["text"])}]` : actionId;
}
