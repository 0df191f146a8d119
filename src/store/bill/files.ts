import { createReadStream } from "node:fs";
import { open, stat, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { EvenkeelError } from "../../model/errors.ts";
import { refuseVersions } from "../bill-versions.ts";
import type { Duck } from "./duck.ts";
import { literal } from "./sql.ts";

export type FileForm = "csv" | "csv.gz" | "parquet";

/** A file of a bill. */
export interface BillFile {
  /** As a person knows it. */
  readonly name: string;
  /** What DuckDB is told: the same, or a link to it. */
  readonly path: string;
  readonly form: FileForm;
}

/** To DuckDB these make a pattern of a name. */
const PATTERN = /[*?[]/;

/**
 * The files that are meant. What a person wrote is a pattern only where no file has exactly that name.
 * @throws EvenkeelError USAGE when there is none, or one that can't be a bill
 */
export async function billFiles(duck: Duck, written: readonly string[]): Promise<BillFile[]> {
  const names = new Set<string>();
  for (const each of written) for (const name of await meant(duck, each)) names.add(name);
  if (names.size === 0) throw new EvenkeelError("USAGE", "no bill file was given", { hint: "--bill FILE" });
  refuseVersions([...names]);
  return await Promise.all([...names].map((name, index) => billFile(duck, name, index)));
}

async function meant(duck: Duck, written: string): Promise<string[]> {
  const name = resolve(written);
  const found = await stat(name).catch(() => undefined);
  if (found?.isFile()) return [name];
  if (found?.isDirectory())
    throw new EvenkeelError("USAGE", `${written} is a folder`, {
      hint: `name its files: --bill '${written}/*.parquet'`,
    });
  const names = PATTERN.test(written) ? await matches(duck, name) : [];
  if (names.length === 0)
    throw new EvenkeelError("USAGE", found ? `${written} is no file` : `no such bill file: ${written}`);
  return names;
}

async function matches(duck: Duck, pattern: string): Promise<string[]> {
  const rows = await duck.rows(`SELECT file FROM glob(${literal(pattern)}) ORDER BY file`);
  return rows.map(([file]) => resolve(String(file)));
}

async function billFile(duck: Duck, name: string, index: number): Promise<BillFile> {
  const form = await formOf(name);
  if (form === "csv.gz") await checkWhole(name);
  if (!PATTERN.test(name)) return { name, path: name, form };
  // A link has a name that means itself.
  const path = join(duck.folder, `${index}.${form}`);
  await symlink(name, path).catch((error: unknown) => {
    throw new EvenkeelError("USAGE", `${name} has a name that reads as a pattern`, {
      hint: "give it a name without * ? and [",
      cause: error,
    });
  });
  return { name, path, form };
}

const PARQUET = "PAR1";

/* What other files begin with. */
const OTHERS: readonly (readonly [starts: string, what: string])[] = [
  ["PK", "a zip archive: unpack it first"],
  ["PARE", "an encrypted parquet file"],
  ["ORC", "an ORC file: export it as parquet or csv"],
  ["\xff\xfe", "a text in UTF-16: save it as UTF-8"],
  ["\xfe\xff", "a text in UTF-16: save it as UTF-8"],
  ["{", "JSON, not csv or parquet"],
];

/** By what is in it, never by its name. */
async function formOf(name: string): Promise<FileForm> {
  const { first, last } = await ends(name);
  if (first === "") throw unusable(name, "is empty");
  if (first === PARQUET) {
    if (last !== PARQUET) throw unusable(name, "is a parquet file that was cut off: its end is missing");
    return "parquet";
  }
  const other = OTHERS.find(([starts]) => first.startsWith(starts));
  if (other) throw unusable(name, `is ${other[1]}`);
  if (first.startsWith("\x1f\x8b")) return "csv.gz";
  if (first.includes("\0")) throw unusable(name, "is neither csv nor parquet");
  return "csv";
}

/** DuckDB takes the end of a gzipped file that was cut off for the end of the bill, and says nothing. */
async function checkWhole(name: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(name), createGunzip(), nowhere).catch((error: Error) => {
    throw unusable(name, `could not be unpacked: ${error.message}`, "download it again: it may have been cut off");
  });
}

/** Its first and last four bytes. */
async function ends(name: string): Promise<{ first: string; last: string }> {
  try {
    const file = await open(name);
    try {
      const { size } = await file.stat();
      const read = async (at: number) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, at));
        return buffer.toString("latin1", 0, bytesRead);
      };
      return { first: await read(0), last: await read(size - 4) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new EvenkeelError("USAGE", `${name} could not be read: ${(error as Error).message}`, { cause: error });
  }
}

export function unusable(
  name: string,
  what: string,
  hint = "a bill is a CUR 2.0, CUR or FOCUS export, as csv or parquet",
) {
  return new EvenkeelError("USAGE", `${name} ${what}`, { hint });
}
