import type { WireRequest } from "./exchange.ts";

/** A signed request as other people's clients would write it, for tests. */
export function rawRequest(
  service: string,
  parts: Partial<Omit<WireRequest, "body">> & { readonly body?: string } = {},
): WireRequest {
  const scope = `AKIATWIN/20260105/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
  const { body = "", headers, ...rest } = parts;
  return {
    method: "POST",
    path: "/",
    query: {},
    ...rest,
    headers: { authorization, ...headers },
    body: Buffer.from(body),
  };
}

/** A query request: `Action=ListQueues&Version=…`. */
export function formRequest(service: string, body: string): WireRequest {
  return rawRequest(service, { headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, body });
}
