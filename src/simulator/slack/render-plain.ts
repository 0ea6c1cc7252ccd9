import { isObject, type JsonObject, objectsIn, stringOr } from "./json.ts";
import { renderMrkdwn, renderPlainText, type TextContext } from "./render-text.ts";

export type RenderOptions = {
  /** The reader's IANA zone. */
  tz: string;
  /** Epoch milliseconds, for "today" and the like. */
  now: number;
  nameOf?: (id: string) => string | undefined;
  bold?: (text: string) => string;
  dim?: (text: string) => string;
};

type Context = TextContext & { dim: (text: string) => string };

/** A message as lines of plain text: what its blocks show, or its text when it has none. */
export function renderPlain(message: { text: string; blocks: JsonObject[] }, options: RenderOptions): string {
  const same = (text: string): string => text;
  const context: Context = { nameOf: () => undefined, bold: same, dim: same, ...options };
  if (message.blocks.length === 0) return renderMrkdwn(message.text, context);
  return message.blocks
    .map((block) => renderBlock(block, context))
    .filter(Boolean)
    .join("\n");
}

function renderBlock(block: JsonObject, context: Context): string {
  switch (block["type"]) {
    case "header":
      return context.bold(renderText(block["text"], context));
    case "section":
      return renderSection(block, context);
    case "context":
      return context.dim(renderAll(block["elements"], context).join("  "));
    case "actions":
      return renderAll(block["elements"], context).join(" ");
    case "divider":
      return "─".repeat(24);
    case "input":
      return `${renderText(block["label"], context)}: ${renderElement(block["element"], context)}`;
    case "image":
      return `[${stringOr(block["alt_text"], "image")}]`;
    case "markdown":
      return renderMrkdwn(stringOr(block["text"], ""), context);
    default:
      return `[${String(block["type"])}]`;
  }
}

function renderSection(block: JsonObject, context: Context): string {
  const text = isObject(block["text"]) ? [renderText(block["text"], context)] : [];
  const accessory = isObject(block["accessory"]) ? [renderElement(block["accessory"], context)] : [];
  const first = [...text, ...accessory].join("  ");
  return [...(first === "" ? [] : [first]), ...renderAll(block["fields"], context)].join("\n");
}

function renderAll(elements: unknown, context: Context): string[] {
  return objectsIn(elements).map((element) => renderElement(element, context));
}

/** Text where it stands, a button as [Button], anything else that can be used as [what it asks for ▾]. */
function renderElement(value: unknown, context: Context): string {
  if (!isObject(value)) return "";
  if (value["type"] === "plain_text" || value["type"] === "mrkdwn") return renderText(value, context);
  if (value["type"] === "image") return `[${stringOr(value["alt_text"], "image")}]`;
  if (value["type"] === "button") return `[${renderText(value["text"], context)}]`;
  const placeholder = renderText(value["placeholder"], context);
  return `[${placeholder || String(value["type"])} ▾]`;
}

function renderText(value: unknown, context: Context): string {
  if (!isObject(value)) return "";
  const text = stringOr(value["text"], "");
  return value["type"] === "mrkdwn" ? renderMrkdwn(text, context) : renderPlainText(text);
}
