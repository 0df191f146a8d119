import { gunzipSync } from "node:zlib";
import { decodeChunked, isChunked } from "./aws-chunked.ts";
import type { WireRequest } from "./exchange.ts";
import { scopeOf } from "./scope.ts";

/** `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3-eu-west-1.amazonaws.com`, `bucket.localhost:4566`, `bucket.127.0.0.1:4566`. */
const BUCKET_HOST = /^(.+)\.(?:s3[.-].*|(?:localhost|127\.0\.0\.1)(?::\d+)?)$/;

/** Undoes what clients do to requests on the way: chunked signatures, compression, buckets in host names. */
export function normalise(request: WireRequest): WireRequest {
  return bucketInPath(unzipped(unchunked(request)));
}

function unchunked(request: WireRequest): WireRequest {
  if (!isChunked(request.headers)) return request;
  const { body, trailers } = decodeChunked(request.body);
  const { "content-encoding": encodings = "", ...headers } = request.headers;
  const encoding = encodings.replace(/aws-chunked,?\s*/, "");
  const own = {
    ...trailers,
    "content-length": String(body.length),
    ...(encoding ? { "content-encoding": encoding } : {}),
  };
  return { ...request, body, headers: { ...headers, ...own } };
}

/** Some clients compress large requests (PutMetricData); in S3 the same header describes the object. */
function unzipped(request: WireRequest): WireRequest {
  const { headers } = request;
  if (headers["content-encoding"] !== "gzip" || isS3(request)) return request;
  return { ...request, body: gunzipSync(request.body) };
}

function bucketInPath(request: WireRequest): WireRequest {
  const bucket = BUCKET_HOST.exec(request.headers.host ?? "")?.[1];
  return bucket && isS3(request) ? { ...request, path: `/${bucket}${request.path}` } : request;
}

function isS3(request: WireRequest): boolean {
  return scopeOf(request)?.service === "s3";
}
