import { Readable } from "node:stream";
import { HttpResponse } from "@smithy/core/transport";
import type { Twin } from "../twin.ts";
import { answer } from "./answer.ts";
import type { WireAnswer, WireRequest } from "./exchange.ts";

/** An SDK client's request as its handler gets it; the body is whatever the caller gave. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly hostname: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The part of the SDK's HttpHandler that clients use. */
export interface TwinHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: { readonly abortSignal?: unknown }): Promise<{ response: HttpResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
  destroy(): void;
}

/** Answers SDK clients in this process: pass it as `requestHandler`. The whole SDK runs, only the socket is missing. */
export function twinHandler(twin: Twin): TwinHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options) {
      const signal = options?.abortSignal as AbortSignal | undefined;
      if (signal?.aborted) throw named("AbortError", "Request aborted");
      return { response: responseOf(await answer(twin, await requestOf(request))) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

async function requestOf(request: SdkRequest): Promise<WireRequest> {
  const headers = Object.entries(request.headers).map(([name, text]) => [name.toLowerCase(), text]);
  const query = Object.entries(request.query ?? {}).map(([name, text]) => [
    name,
    Array.isArray(text) ? text : [text ?? ""],
  ]);
  return {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(query) as WireRequest["query"],
    headers: { host: request.hostname, ...(Object.fromEntries(headers) as Record<string, string>) },
    body: await bytesOf(request.body),
  };
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>)
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

function responseOf(reply: WireAnswer): HttpResponse {
  if (reply.kind === "timeout") throw named("TimeoutError", reply.message);
  // As the SDK's own handler reports a broken connection.
  if (reply.kind === "reset") throw Object.assign(named("TimeoutError", reply.message), { code: "ECONNRESET" });
  const { status, headers, body, streaming } = reply;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return new HttpResponse({
    statusCode: status,
    headers: { ...headers },
    body: streaming ? Readable.from([bytes]) : bytes,
  });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
