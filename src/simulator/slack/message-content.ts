import { blocksArgument, jsonArgument, textArgument } from "./api-arguments.ts";
import { refuse, refuseProblems } from "./api-method.ts";
import { messageBlockProblems } from "./block-kit.ts";
import { isObject, type JsonObject } from "./json.ts";

const MAX_TEXT_CHARACTERS = 40_000;
/** Not documented; measured by others at about 13,000. */
const MAX_BLOCK_CHARACTERS = 13_000;

export type MessageContent = {
  text: string;
  blocks: JsonObject[] | undefined;
  metadata: JsonObject | null | undefined;
};

/** What a message says; blocks and metadata are undefined when left out. Slack cuts text beyond 40,000 characters. */
export function readContent(
  args: JsonObject,
): { kind: "content"; content: MessageContent } | { kind: "refused"; answer: JsonObject } {
  const blocks = blocksArgument(args);
  const metadata = metadataArgument(args);
  const text = textArgument(args, "text").slice(0, MAX_TEXT_CHARACTERS);
  if (blocks === null) return refused("invalid_blocks_format");
  if (metadata === "invalid") return refused("invalid_metadata_format");
  if (text.trim() === "" && (blocks ?? []).length === 0) return refused("no_text");
  const problems = messageBlockProblems(blocks ?? []);
  if (problems.length > 0) return { kind: "refused", answer: refuseProblems("invalid_blocks", problems) };
  if (countTexts(blocks ?? []) > MAX_BLOCK_CHARACTERS) return refused("msg_blocks_too_long");
  return { kind: "content", content: { text, blocks, metadata } };
}

function refused(error: string): { kind: "refused"; answer: JsonObject } {
  return { kind: "refused", answer: refuse(error) };
}

/** An empty object takes the metadata away: null. */
function metadataArgument(args: JsonObject): JsonObject | null | undefined | "invalid" {
  const value = jsonArgument(args, "metadata");
  if (value === undefined) return undefined;
  if (!isObject(value)) return "invalid";
  if (Object.keys(value).length === 0) return null;
  return typeof value["event_type"] === "string" && isObject(value["event_payload"]) ? value : "invalid";
}

function countTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + countTexts(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === "text" && typeof each === "string" ? [...each].length : countTexts(each)),
    0,
  );
}
