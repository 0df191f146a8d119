/** A stored object's path (slashes, no leading one) and size. */
export interface StoredObject {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Where snapshots, records, plans and journals are kept: a local folder or a bucket. Both pass one conformance suite.
 * Every write is whole or not at all, whatever kills the process.
 */
export interface Store {
  /** As the person wrote it: `file:./.evenkeel`, `s3://bucket/prefix`. */
  readonly url: string;
  /** In path order. */
  list(prefix: string): Promise<StoredObject[]>;
  /** Undefined = not there. */
  read(path: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * @param exclusive refuse (false) when the path is taken, also by someone who wrote it a moment ago
   * @returns whether it was written
   */
  write(
    path: string,
    content: AsyncIterable<Uint8Array> | Uint8Array,
    options?: { readonly exclusive?: boolean },
  ): Promise<boolean>;
  /** Adds a line (without line feeds) to a log; it is kept for good when this resolves. Lines of one process keep their order. */
  append(path: string, line: string): Promise<void>;
  /** A log's lines, oldest first; none where there is no log. A last line that a crash cut off is left out. */
  lines(path: string): Promise<string[]>;
  /** Removing what is not there is done. */
  remove(path: string): Promise<void>;
}

/** The whole of a small object. */
export async function readAll(store: Store, path: string): Promise<Buffer | undefined> {
  const stream = await store.read(path);
  if (stream === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
