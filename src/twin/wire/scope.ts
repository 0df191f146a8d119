import type { Scope, WireRequest } from "./exchange.ts";

const CREDENTIAL = /Credential=([^,\s]+)/;
const S3_CONTROL_PATH = "/v20180820/";

/** Who signed the request, from the credential scope of its signature; undefined when it is not signed. */
export function scopeOf(request: WireRequest): Scope | undefined {
  const header = CREDENTIAL.exec(request.headers.authorization ?? "")?.[1];
  const credential = header ?? request.query["X-Amz-Credential"]?.[0];
  if (!credential) return undefined;
  const parts = credential.split("/");
  const [accessKey = "", , region = ""] = parts;
  const service = parts.at(-2) ?? "";
  // Signature version 4a has no region in its scope: it is valid in a set of them.
  const only = parts.length < 5 ? (request.headers["x-amz-region-set"] ?? "us-east-1") : region;
  return { accessKey, region: only, service: signedFor(service, request.path) };
}

/** S3 Control signs as S3 does, but is another API. */
function signedFor(service: string, path: string): string {
  return service === "s3" && path.startsWith(S3_CONTROL_PATH) ? "s3-control" : service;
}
