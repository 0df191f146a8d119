/** A cell as it comes from data; undefined and null give an empty one. */
export type CsvCell = string | number | boolean | null | undefined;

/**
 * One record of RFC 4180, with its CRLF. Values stay exact: nothing is put in front of a formula, because machines read
 * this, and a changed value would be a wrong one.
 */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** A heading and its records. */
export function renderCsv(titles: readonly string[], records: readonly (readonly CsvCell[])[]): string {
  return [titles, ...records].map(csvRecord).join("");
}

function csvCell(cell: CsvCell): string {
  const text = cell === undefined || cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
