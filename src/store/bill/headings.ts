import { parse } from "csv-parse/sync";
import { type BillFile, unusable } from "./files.ts";
import { bytesOf } from "./plain.ts";

/** Longer than any heading line: legacy CUR has a thousand columns at most. */
const HEADING_BYTES = 1 << 20;

/** @throws EvenkeelError USAGE when it is no csv */
export async function csvHeadings(file: BillFile): Promise<string[]> {
  const start = (await beginning(file)).toString("utf8");
  let headings: string[] | undefined;
  try {
    [headings] = parse(start, { bom: true, to: 1, relax_column_count: true }) as string[][];
  } catch (error) {
    throw unusable(file.name, `is no csv: ${(error as Error).message}`);
  }
  if (!headings) throw unusable(file.name, "has no line");
  return headings;
}

async function beginning(file: BillFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of bytesOf(file.path, file.form === "csv.gz")) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= HEADING_BYTES || chunk.includes("\n")) break;
    }
  } catch (error) {
    throw unusable(file.name, `could not be unpacked: ${(error as Error).message}`);
  }
  return Buffer.concat(chunks);
}
