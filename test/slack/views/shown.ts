import { messageBlockProblems } from "../../../src/simulator/slack/block-kit.ts";
import type { SlackMessage } from "../../../src/slack/views/blocks.ts";

/** What a message's blocks say, a line each, with date tokens as their fallback. */
export function shown({ blocks }: SlackMessage): string {
  return textsIn(blocks)
    .join("\n")
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, "$1");
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "text" && typeof each === "string" ? [each] : textsIn(each),
  );
}

/** What is wrong with a message: Slack's limits, and what no message of ours may say. */
export function faultsOf(message: SlackMessage): string[] {
  const texts = textsIn(message.blocks);
  // The line's own number is for everybody, and a link dials it.
  const all = `${texts.join("\n")}\n${message.text}`.replaceAll(/<tel:[^|]*\|/g, "");
  const faults: [string, boolean][] = [
    ["45 blocks or more", message.blocks.length >= 45],
    ["more than 12,000 characters in blocks", texts.join("").length > 12_000],
    ["a text of more than 2,900 characters", texts.some((text) => text.length > 2900)],
    ["an empty fallback", message.text.trim() === ""],
    ["a fallback of more than 3,500 characters", message.text.length > 3500],
    ["a value that nobody worded", /undefined|\bnull\b|NaN|\[object/.test(all)],
    ["more than two digits of a number", /••••\s*\d{3}|\+\d{7}/.test(all)],
  ];
  return [...messageBlockProblems(message.blocks), ...faults.flatMap(([fault, isThere]) => (isThere ? [fault] : []))];
}

/** The nasty names that change what a message is made of: blocks, entities, formats. Ours alone are there with "Mabel". */
export function namesThatAreMarkup(render: (name: string) => SlackMessage, names: readonly string[]): string[] {
  const madeOf = (name: string) =>
    JSON.stringify([render(name).blocks.map(({ type }) => type), entitiesIn(render(name))]);
  const ours = madeOf("Mabel");
  return names.filter((name) => madeOf(name) !== ours);
}

function entitiesIn(message: SlackMessage): string[] {
  const mrkdwn = JSON.stringify(message.blocks, (_key, value: unknown) => (isPlainText(value) ? undefined : value));
  return [...`${mrkdwn}\n${message.text}`.matchAll(/<[^>]*>|[*`~_]|:\/\/|:[a-z_]+:/g)].map(([entity]) => entity);
}

function isPlainText(value: unknown): boolean {
  return typeof value === "object" && value !== null && "type" in value && value.type === "plain_text";
}
