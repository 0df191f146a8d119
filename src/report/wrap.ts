import stringWidth from "string-width";

/** Breaks lines that are wider than the terminal at blanks; what goes on stands two columns further in. Not for what is copied. */
export function wrapLines(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  return text
    .split("\n")
    .map((line) => (stringWidth(line) <= width ? line : wrapLine(line, width)))
    .join("\n");
}

function wrapLine(line: string, width: number): string {
  const margin = /^ */.exec(line)?.[0] ?? "";
  const indent = `${margin}  `;
  const [first = "", ...words] = line.slice(margin.length).split(" ");
  const lines = [margin + first];
  for (const word of words) {
    const last = lines.at(-1);
    if (stringWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join("\n");
}
