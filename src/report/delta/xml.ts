/** An element of an XML document; texts are escaped when it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (XmlElement | string)[];
}

export function element(
  name: string,
  attributes: XmlElement["attributes"],
  children: XmlElement["children"],
): XmlElement {
  return { name, attributes, children };
}

/** The document of a root element, indented. Elements that hold text are written on one line, so that no blank is added. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, "")}\n`;
}

function write({ name, attributes, children }: XmlElement, indent: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const start = `${indent}<${name}${written.join("")}`;
  if (children.length === 0) return `${start}/>`;
  if (children.every((child) => typeof child === "string"))
    return `${start}>${children.map(escapeText).join("")}</${name}>`;
  const inner = children.map((child) => (typeof child === "string" ? escapeText(child) : write(child, `${indent}  `)));
  return `${start}>\n${inner.join("\n")}\n${indent}</${name}>`;
}

// What XML 1.0 can't hold, not even as a reference (https://www.w3.org/TR/xml/#charsets), lone surrogates included.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** For attributes: line feeds and tabs as references, because parsers make blanks of them. */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** For contents: only a carriage return needs a reference, because parsers make a line feed of it. */
function escapeText(text: string): string {
  return escapeXml(text).replaceAll("&#10;", "\n").replaceAll("&#9;", "\t");
}
