import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EvenkeelError } from "../model/errors.ts";
import { refuseVersions } from "./bill-versions.ts";
import type { ObjectBucket } from "./bucket.ts";

/** `s3://bucket/key`, or with a slash at its end all bill files below it. */
const URL = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/;

/** What a data export writes beside its manifests. */
const DATA = /\.(parquet|csv|csv\.gz)$/i;

/** Bill files that DuckDB can open: local ones as they were named, and copies of those in buckets. */
export interface LocalBills {
  readonly paths: readonly string[];
  /** Removes the copies. */
  close(): Promise<void>;
}

export interface BillPlaces {
  readonly openBucket: (name: string) => Promise<ObjectBucket>;
  readonly signal: AbortSignal;
  /** Told of each object before it is copied. */
  readonly onCopy?: (url: string) => void;
}

/**
 * Copies what is in buckets into a folder that only its owner can read. Bills are read where DuckDB can seek, and DuckDB's own
 * way to S3 is an extension that it would have to download.
 * @throws EvenkeelError USAGE for a URL that names no object or where no bill file is; what reading the bucket throws
 */
export async function localBills(names: readonly string[], places: BillPlaces): Promise<LocalBills> {
  if (!names.some(isUrl)) return { paths: names, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "evenkeel-bill-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const objects = new Map<string, BillObject>();
    for (const name of names.filter(isUrl))
      for (const each of await objectsAt(name, places)) objects.set(each.url, each);
    refuseVersions([...objects.keys()]);
    const paths: string[] = [];
    for (const each of objects.values()) paths.push(await copied(each, folder, paths.length, places));
    return { paths: [...paths, ...names.filter((name) => !isUrl(name))], close };
  } catch (error) {
    await close();
    throw error;
  }
}

const isUrl = (name: string) => /^s3:/i.test(name);

interface BillObject {
  readonly url: string;
  readonly key: string;
  readonly bucket: ObjectBucket;
}

async function objectsAt(url: string, { openBucket }: BillPlaces): Promise<BillObject[]> {
  const [, name, key] = URL.exec(url) ?? [];
  if (name === undefined || key === undefined)
    throw new EvenkeelError("USAGE", `--bill: ${JSON.stringify(url)} names no object in a bucket`, {
      hint: "for example --bill s3://my-bills/export/data/, with a slash at its end for all bill files below it",
    });
  const bucket = await openBucket(name);
  const all = key.endsWith("/")
    ? (await bucket.list(key)).map(({ path }) => path).filter((path) => DATA.test(path))
    : [key];
  if (all.length === 0)
    throw new EvenkeelError("USAGE", `--bill: there is no .parquet, .csv or .csv.gz file below ${url}`);
  return all.sort().map((each) => ({ url: `s3://${name}/${each}`, key: each, bucket }));
}

async function copied(
  { url, key, bucket }: BillObject,
  folder: string,
  number: number,
  { onCopy, signal }: BillPlaces,
): Promise<string> {
  onCopy?.(url);
  const body = await bucket.get(key);
  if (!body) throw new EvenkeelError("NOT_FOUND", `there is no object ${url}`);
  const path = join(folder, `${number}-${key.replaceAll(/[^\w.-]/g, "_").slice(-100)}`);
  await pipeline(Readable.from(body), createWriteStream(path, { mode: 0o600 }), { signal });
  return path;
}
