import type { Method } from "./webhooks.ts";
import type { XmlElement } from "./xml.ts";

export type AttributeReader = {
  text(name: string): string | null;
  integer(name: string, fallback: number, min: number, max: number): number;
  boolean(name: string, fallback: boolean): boolean;
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T;
  method(name: string, fallback: Method): Method;
  list(name: string, values: readonly string[]): string[];
  /** `loop="0"` means for ever, which Twilio caps at 1000. */
  loop(): number;
};

/** Reads an element's attributes, noting what is unknown or malformed in `problems` and going on with the default. */
export function readAttributes(element: XmlElement, known: readonly string[], problems: string[]): AttributeReader {
  const { attributes, name: verb } = element;
  for (const name of attributes.keys()) {
    if (!known.includes(name)) problems.push(`<${verb}> has no attribute ${name}`);
  }
  const text = (name: string): string | null => attributes.get(name) ?? null;

  function reject<T>(name: string, fallback: T): T {
    problems.push(`${name}="${text(name)}" of <${verb}> is invalid`);
    return fallback;
  }

  function oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const raw = text(name);
    if (raw === null) return fallback;
    return values.find((value) => value === raw) ?? reject(name, fallback);
  }

  function integer(name: string, fallback: number, min: number, max: number): number {
    const raw = text(name);
    if (raw === null) return fallback;
    const value = Number(raw);
    return /^\d+$/.test(raw) && value >= min && value <= max ? value : reject(name, fallback);
  }

  function list(name: string, values: readonly string[]): string[] {
    const items = (text(name) ?? "").split(" ").filter((item) => item !== "");
    return items.every((item) => values.includes(item)) ? items : reject(name, []);
  }

  return {
    text,
    oneOf,
    integer,
    list,
    boolean: (name, fallback) => oneOf(name, ["true", "false"], fallback ? "true" : "false") === "true",
    method: (name, fallback) => oneOf(name, ["GET", "POST"], fallback),
    loop: () => integer("loop", 1, 0, 1000) || 1000,
  };
}

export function elementsIn(element: XmlElement, problems: string[]): XmlElement[] {
  const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== "string";
  if (element.children.some((child) => !isElement(child) && child.trim() !== "")) {
    problems.push(`text directly in <${element.name}>`);
  }
  return element.children.filter(isElement);
}

export function textOf(element: XmlElement, problems: string[]): string {
  const text = element.children.map((child) => (typeof child === "string" ? child : null));
  if (text.includes(null)) problems.push(`an element inside <${element.name}>`);
  return text.join("").replace(/\s+/g, " ").trim();
}
