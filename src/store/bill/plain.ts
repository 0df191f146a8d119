import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** The text of a csv file, in chunks. @throws when it can't be read or unpacked */
export async function* bytesOf(path: string, gzipped: boolean): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const stream = gzipped ? file.pipe(createGunzip()) : file;
  // A pipe does not hand on what goes wrong before it.
  file.on("error", (error) => stream.destroy(error));
  try {
    yield* stream;
  } finally {
    file.destroy();
  }
}

/** How many lines it has, whatever is in them. */
export async function linesOf(path: string, gzipped: boolean): Promise<number> {
  const feed = 10;
  let lines = 0;
  let last = feed;
  for await (const chunk of bytesOf(path, gzipped)) {
    for (let at = chunk.indexOf(feed); at >= 0; at = chunk.indexOf(feed, at + 1)) lines++;
    last = chunk.at(-1) ?? last;
  }
  return last === feed ? lines : lines + 1;
}
