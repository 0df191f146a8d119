/** What a strict server has been asked and has answered, as it wrote it down itself. */
import { readFileSync } from "node:fs";

/** One call. */
export interface JournalLine {
  /** The service that the call was signed for. */
  readonly service: string;
  /** `DeleteVpc`; of REST services method and path. */
  readonly operation: string;
  readonly status: number;
  /** The API's code of a refusal. */
  readonly error: string | null;
  /** What IAM was asked for, while it was enforced. */
  readonly action: string | null;
}

/** All calls, in the order of the answers; `from`: without as many at the start. */
export function readJournal(file: string, from = 0): readonly JournalLine[] {
  const lines = readFileSync(file, "utf8").split("\n").slice(from, -1);
  return lines.map((line) => JSON.parse(line) as JournalLine);
}

/** Whether a call changes anything. */
export function isChange({ operation }: JournalLine): boolean {
  return !/^(Describe|List|Get|Head|Lookup|Batch)|^(GET|HEAD) /.test(operation);
}
