/** Whether a body is signed or check-summed piece by piece. Source: S3 API reference, "Signature calculations: chunked upload". */
export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-") ||
    /\baws-chunked\b/.test(headers["content-encoding"] ?? "")
  );
}

/** Joins the chunks, each `SIZE[;chunk-signature=…]\r\n DATA \r\n`, and reads the trailing headers. */
export function decodeChunked(bytes: Buffer): { readonly body: Buffer; readonly trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (end < 0 || Number.isNaN(size)) throw new TypeError("a body that is not aws-chunked");
    at = end + 2;
    if (size === 0) break;
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
  return { body: Buffer.concat(chunks), trailers: trailersOf(bytes.toString("latin1", at)) };
}

function trailersOf(text: string): Record<string, string> {
  const lines = text.split("\r\n").filter((line) => line.includes(":"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
}
