/** A value as JSON for machines and for reading: two blanks of indent, one line feed at the end. */
export function renderJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
