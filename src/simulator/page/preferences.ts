import { noPhonesUsed } from "./phones/use.ts";
import type { Place, State, Tab, Theme } from "./store.ts";

/** What outlives a reload, of the reader's own. */
export type Kept = Pick<State, "me" | "place" | "tab" | "theme" | "panel" | "threadTs" | "phonesUse">;

const KEY = "confline-demo";

export function readKept(storage: Storage): Partial<Kept> {
  const kept = readObject(storage, KEY);
  const { me, place, tab, theme, panel, threadTs, phone } = kept;
  return {
    ...(typeof me === "string" ? { me } : {}),
    ...(isPlace(place) ? { place } : {}),
    ...(isTab(tab) ? { tab } : {}),
    ...(isTheme(theme) ? { theme } : {}),
    ...(typeof panel === "string" ? { panel } : {}),
    ...(typeof threadTs === "string" ? { threadTs } : {}),
    ...(typeof phone === "string" ? { phonesUse: { ...noPhonesUsed, open: phone } } : {}),
  };
}

export function keep(storage: Storage, { me, place, tab, theme, panel, threadTs, phonesUse }: Kept): void {
  write(storage, KEY, { me, place, tab, theme, panel, threadTs, phone: phonesUse.open });
}

/** Whether anything of that is other than before. */
export function isWorthKeeping(before: Kept, now: Kept): boolean {
  const names = ["me", "place", "tab", "theme", "panel", "threadTs", "phonesUse"] as const;
  return names.some((name) => before[name] !== now[name]);
}

/** Lines that the reader sent, oldest first. */
export function readHistory(storage: Storage): string[] {
  const { lines } = readObject(storage, `${KEY}-history`);
  return Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
}

const HISTORY_LENGTH = 100;

export function addToHistory(storage: Storage, line: string): void {
  const others = readHistory(storage).filter((one) => one !== line);
  write(storage, `${KEY}-history`, { lines: [...others, line].slice(-HISTORY_LENGTH) });
}

/** A message that was begun, and not sent yet. */
export function readDraft(storage: Storage, where: string): string {
  const draft = readObject(storage, `${KEY}-drafts`)[where];
  return typeof draft === "string" ? draft : "";
}

export function keepDraft(storage: Storage, where: string, draft: string): void {
  const drafts = readObject(storage, `${KEY}-drafts`);
  write(storage, `${KEY}-drafts`, { ...drafts, [where]: draft });
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "home" || (value.kind === "channel" && "channelId" in value);
}

function isTab(value: unknown): value is Tab {
  return value === "channel" || value === "phones" || value === "more";
}

function isTheme(value: unknown): value is Theme {
  return value === "auto" || value === "light" || value === "dark";
}

/** Storage may be forbidden or full: then nothing is kept, and that is all. */
function readObject(storage: Storage, key: string): { [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function write(storage: Storage, key: string, value: object): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}
