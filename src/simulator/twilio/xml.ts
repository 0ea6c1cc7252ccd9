export type XmlElement = { name: string; attributes: ReadonlyMap<string, string>; children: (XmlElement | string)[] };

/**
 * Reads a whole XML document, strictly, as far as TwiML needs it: elements, attributes, text, comments, CDATA, the five
 * named entities and numeric references. No namespaces, no document type.
 *
 * @throws {SyntaxError} when the document is not well-formed
 */
export function parseXml(source: string): XmlElement {
  const cursor: Cursor = { source: source.replace(/^\uFEFF/, ""), at: 0 };
  take(cursor, /<\?xml\s[^?]*\?>/y);
  skipMisc(cursor);
  const root = parseElement(cursor);
  skipMisc(cursor);
  if (cursor.at !== cursor.source.length) throw malformed(cursor, "content after the root element");
  return root;
}

type Cursor = { source: string; at: number };

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /[ \t\r\n]+/y;
const COMMENT = /<!--(?:(?!--)[\s\S])*-->/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const INSTRUCTION = /<\?(?!xml[\s?])[\s\S]*?\?>/iy;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;

function parseElement(cursor: Cursor): XmlElement {
  if (!take(cursor, /</y)) throw malformed(cursor, "an element was expected");
  const name = take(cursor, NAME)?.[0];
  if (name === undefined) throw malformed(cursor, "an element name was expected");
  const attributes = parseAttributes(cursor);
  if (take(cursor, /\/>/y)) return { name, attributes, children: [] };
  if (!take(cursor, />/y)) throw malformed(cursor, `<${name}> is not closed with ">"`);

  const children = parseChildren(cursor);
  const end = take(cursor, /<\/([A-Za-z_][\w.:-]*)[ \t\r\n]*>/y);
  if (end?.[1] !== name) throw malformed(cursor, `</${name}> was expected`);
  return { name, attributes, children };
}

function parseAttributes(cursor: Cursor): Map<string, string> {
  const attributes = new Map<string, string>();
  while (take(cursor, SPACE)) {
    const match = take(cursor, ATTRIBUTE);
    if (match === null) break;
    const name = match[1] ?? "";
    if (attributes.has(name)) throw malformed(cursor, `attribute ${name} is given twice`);
    attributes.set(name, decode(cursor, (match[2] ?? match[3] ?? "").replace(/[\t\r\n]/g, " ")));
  }
  return attributes;
}

function parseChildren(cursor: Cursor): (XmlElement | string)[] {
  const children: (XmlElement | string)[] = [];
  for (;;) {
    if (take(cursor, COMMENT) || take(cursor, INSTRUCTION)) continue;
    const literal = take(cursor, CDATA)?.[1];
    const text = literal ?? parseText(cursor);
    if (text !== null) children.push(text);
    else if (cursor.source.startsWith("</", cursor.at)) return children;
    else children.push(parseElement(cursor));
  }
}

function parseText(cursor: Cursor): string | null {
  const text = take(cursor, /[^<]+/y)?.[0];
  if (text === undefined) return null;
  if (text.includes("]]>")) throw malformed(cursor, '"]]>" in text');
  return decode(cursor, text);
}

const ENTITIES = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

function decode(cursor: Cursor, text: string): string {
  return checked(cursor, text).replace(/&([^;&\s]*;?)/g, (_, reference: string) => {
    const name = reference.endsWith(";") ? reference.slice(0, -1) : "";
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
    if (numeric === null) {
      const entity = ENTITIES.get(name);
      if (entity === undefined) throw malformed(cursor, `&${reference} is no entity`);
      return entity;
    }
    const code = numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16);
    if (code > 0x10ffff) throw malformed(cursor, `&${reference} is no character`);
    return checked(cursor, String.fromCodePoint(code));
  });
}

/** Control characters, lone surrogates and two noncharacters may not appear in XML at all, escaped or not. */
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;

function checked(cursor: Cursor, text: string): string {
  if (ILLEGAL.test(text)) throw malformed(cursor, "an illegal character");
  return text;
}

function skipMisc(cursor: Cursor): void {
  while (take(cursor, SPACE) || take(cursor, COMMENT) || take(cursor, INSTRUCTION));
}

/** Moves over what the sticky pattern matches here, if it does. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.source);
  if (match !== null) cursor.at = pattern.lastIndex;
  return match;
}

function malformed(cursor: Cursor, what: string): SyntaxError {
  const line = cursor.source.slice(0, cursor.at).split("\n").length;
  return new SyntaxError(`line ${line}: ${what}`);
}
