import { describe, expect, it } from "vitest";
import { decodeChunked, isChunked } from "./aws-chunked.ts";

describe("bodies sent in chunks", () => {
  it("are joined without their signatures, and trailers become headers", () => {
    const encoded =
      "5;chunk-signature=ab\r\nhello\r\n6\r\n\r\nthem\r\n0\r\nx-amz-checksum-crc32: AAAA==\r\nx-amz-trailer-signature:cd\r\n\r\n";

    const { body, trailers } = decodeChunked(Buffer.from(encoded));

    expect(body.toString()).toBe("hello\r\nthem");
    expect(trailers).toEqual({ "x-amz-checksum-crc32": "AAAA==", "x-amz-trailer-signature": "cd" });
  });

  it("may hold bytes that are no text", () => {
    const bytes = Buffer.from([0, 13, 10, 255]);

    const { body } = decodeChunked(Buffer.concat([Buffer.from("4\r\n"), bytes, Buffer.from("\r\n0\r\n\r\n")]));

    expect(body).toEqual(bytes);
  });

  it("are told by either header", () => {
    expect(isChunked({ "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" })).toBe(true);
    expect(isChunked({ "content-encoding": "aws-chunked,gzip" })).toBe(true);
    expect(isChunked({ "content-encoding": "gzip" })).toBe(false);
  });

  it("are refused when they are something else", () => {
    expect(() => decodeChunked(Buffer.from("hello"))).toThrow(TypeError);
  });
});
