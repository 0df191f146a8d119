/** Texts of people and of bills as parts of SQL. */

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column's name. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function list(texts: readonly string[]): string {
  return `[${texts.map(literal).join(", ")}]`;
}

/** A text column without what stands for nothing: exports write an empty text, FOCUS samples the text `NULL`. */
export function filled(expression: string): string {
  return `nullif(nullif(${expression}, ''), 'NULL')`;
}
