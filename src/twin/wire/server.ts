import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Twin } from "../twin.ts";
import { answer } from "./answer.ts";
import type { WireAnswer, WireRequest } from "./exchange.ts";

export interface TwinServer {
  /** `http://127.0.0.1:4566`, for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Breaks off what is under way and frees the port. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0 = any free one. */
  readonly port?: number;
  /** A loopback address. */
  readonly host?: string;
}

/** Longer than clients keep idle sockets, else they write to one that is being closed and see a reset. */
const KEEP_ALIVE_MS = 120_000;

const NO_CONTENT = 204;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Serves the twin over HTTP, all services on one port. */
export async function startServer(twin: Twin, options: ServerOptions = {}): Promise<TwinServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  // The twin believes every signature: nobody but this machine may talk to it.
  if (!LOOPBACK.test(host)) throw new TypeError(`the twin serves loopback addresses only, not ${host}`);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    void serve(twin, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(twin: Twin, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    send(outgoing, await answer(twin, await requestOf(incoming)), incoming.method === "HEAD");
  } catch (error) {
    // The client went away, or the answer could not be put in HTTP's words.
    if (!incoming.destroyed) twin.errors.push(error);
    incoming.destroy();
  }
}

async function requestOf(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = "/", ...search] = (incoming.url ?? "/").split("?");
  const headers = Object.entries(incoming.headers).map(([name, text]) => [
    name,
    Array.isArray(text) ? text.join(", ") : (text ?? ""),
  ]);
  return {
    method: incoming.method ?? "GET",
    path,
    query: queryOf(search.join("?")),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
  };
}

function queryOf(search: string): Record<string, string[]> {
  const query: Record<string, string[]> = {};
  if (search === "") return query;
  for (const [name, text] of new URLSearchParams(search)) {
    query[name] ??= [];
    query[name].push(text);
  }
  return query;
}

function send(outgoing: ServerResponse, reply: WireAnswer, bodiless: boolean): void {
  if (reply.kind === "timeout") return;
  if (reply.kind === "reset") {
    outgoing.destroy();
    return;
  }
  const { status, headers, body } = reply;
  if (bodiless || status === NO_CONTENT) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  outgoing.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) }).end(body);
}
