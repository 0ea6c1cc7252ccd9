import { html, type TemplateResult } from "lit-html";
import type { State } from "./store.ts";
import type { User } from "./wire.ts";

const SLACKBOT: User = { id: "USLACKBOT", name: "slackbot", realName: "Slackbot", isBot: true };

export function personOf({ users }: Pick<State, "users">, userId: string): User {
  return users.get(userId) ?? (userId === SLACKBOT.id ? SLACKBOT : { id: userId, name: userId, realName: userId });
}

/** What sets somebody apart: what their profile says, and what Slack allows them. */
export function kindOf({ title, isOwner, isAdmin, isRestricted, isUltraRestricted, isStranger }: User): string {
  const may = isOwner ? "owner" : isAdmin ? "admin" : "";
  const guest = isUltraRestricted ? "single-channel guest" : isRestricted ? "guest" : "";
  return [title ?? "", may, guest, isStranger ? "another organisation" : ""].filter(Boolean).join(", ");
}

/** Who can be played: everybody but robots and those who are gone. */
export function playable({ users }: Pick<State, "users">): User[] {
  return [...users.values()].filter(({ isBot, deleted }) => !isBot && !deleted);
}

const HUES = 8;

/** Initials on a colour of their own. */
export function avatar({ id, realName, isBot }: User): TemplateResult {
  const initials = realName
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const hue = [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
  return html`<span class="avatar ${isBot ? "avatar-app" : `avatar-${hue}`}" aria-hidden="true">${initials}</span>`;
}
