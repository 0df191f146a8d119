const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

/**
 * Walks the lines of a byte stream without decoding or copying them. Most lines of most snapshots are never looked into,
 * so a line is a stretch of the current chunk: `buffer` from `start` to `end`, newline not included, until the next step.
 *
 *     while (cursor.advance() || (await cursor.refill())) …
 */
export class LineCursor {
  buffer: Buffer = NOTHING;
  start = 0;
  end = -1;
  /** Lines walked so far; the number of the current one, counted from 1. */
  line = 0;
  /** Bytes behind the last newline: a whole file has none. */
  cutOff = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** To the next line. False = the next line's end has not been read yet, or there is none: `refill`. */
  advance(): boolean {
    const from = this.end + 1;
    const newline = this.buffer.indexOf(NEWLINE, from);
    if (newline < 0) return false;
    this.start = from;
    this.end = newline;
    this.line++;
    return true;
  }

  /** Reads on until there is a next line, and goes to it. False = the stream has ended. */
  async refill(): Promise<boolean> {
    do {
      const { done, value } = await this.#chunks.next();
      const rest = this.buffer.subarray(this.end + 1);
      if (done) {
        this.cutOff = rest.length;
        return false;
      }
      const chunk = Buffer.from(value.buffer, value.byteOffset, value.length);
      this.buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      this.end = -1;
    } while (!this.advance());
    return true;
  }

  /** The current line as text. */
  text(): string {
    return this.buffer.toString("utf8", this.start, this.end);
  }

  /** Lets go of the stream before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
