import type { JsonObject } from "./json.ts";
import type { SlackUserSeed } from "./seeds.ts";
import type { Workspace } from "./workspace.ts";

/** A user as the Web API and `user_change` show them. A deactivated one has lost most of the profile. */
export function userObject(workspace: Workspace, user: SlackUserSeed): JsonObject {
  const always = {
    id: user.id,
    team_id: user.teamId ?? workspace.teamId,
    name: user.name,
    deleted: user.deleted ?? false,
  };
  const tail = { is_bot: user.isBot ?? false, is_app_user: false, updated: 1_795_000_000 };
  if (user.deleted) return { ...always, profile: names(workspace, user), ...tail };
  return {
    ...always,
    color: "9f69e7",
    real_name: user.realName,
    ...zone(user.tz ?? "America/New_York", workspace.clock.now()),
    profile: profile(workspace, user),
    ...standing(user),
    ...tail,
    is_email_confirmed: true,
    who_can_share_contact_card: "EVERYONE",
  };
}

function standing(user: SlackUserSeed): JsonObject {
  return {
    is_admin: (user.isAdmin ?? false) || (user.isOwner ?? false),
    is_owner: user.isOwner ?? false,
    is_primary_owner: false,
    is_restricted: (user.isRestricted ?? false) || (user.isUltraRestricted ?? false),
    is_ultra_restricted: user.isUltraRestricted ?? false,
    ...(user.isStranger ? { is_stranger: true } : {}),
  };
}

function names(workspace: Workspace, user: SlackUserSeed): JsonObject {
  return {
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.name,
    display_name_normalized: user.name,
    avatar_hash: "gfakehash",
    team: user.teamId ?? workspace.teamId,
  };
}

function profile(workspace: Workspace, user: SlackUserSeed): JsonObject {
  const [first = "", ...rest] = user.realName.split(" ");
  return {
    title: user.title ?? "",
    phone: user.phone ?? "",
    skype: "",
    ...names(workspace, user),
    status_text: "",
    status_emoji: "",
    status_emoji_display_info: [],
    status_expiration: 0,
    ...(workspace.scopes.has("users:read.email") ? { email: user.email ?? `${user.name}@example.org` } : {}),
    first_name: first,
    last_name: rest.join(" "),
    image_24: "https://example.org/24.png",
    image_72: "https://example.org/72.png",
    image_512: "https://example.org/512.png",
    status_text_canonical: "",
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than using it. */
function formatOf(timeZone: string, timeZoneName: "long" | "longOffset"): Intl.DateTimeFormat {
  const key = `${timeZone} ${timeZoneName}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName });
  formats.set(key, format);
  return format;
}

function zone(tz: string, now: number): JsonObject {
  const part = (timeZoneName: "long" | "longOffset"): string =>
    formatOf(tz, timeZoneName)
      .formatToParts(now)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  return { tz, tz_label: part("long"), tz_offset: offsetSeconds(part("longOffset")) };
}

/** From "GMT-05:00"; plain "GMT" is none. */
function offsetSeconds(text: string): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return sign === "-" ? -seconds : seconds;
}
