import { notAws } from "./errors.ts";

/** What a client's deserialise step is given. */
interface HttpAnswer {
  readonly response?: { statusCode?: number; headers?: Record<string, string>; body?: unknown };
}

const PAGE = /^\s*<(!doctype html|html|head|body)\b/i;

/**
 * Client middleware that refuses a page where an answer should be. Placed closest to the wire, before the SDK tries to
 * parse. The content type alone proves nothing (moto calls JSON `text/html`): the body must call itself a page.
 */
export function refuseHtml(region: string) {
  return (next: (args: object) => Promise<HttpAnswer>, context: { commandName?: string; clientName?: string }) =>
    async (args: object): Promise<HttpAnswer> => {
      const answer = await next(args);
      const { response } = answer;
      if (!response?.headers?.["content-type"]?.startsWith("text/html") || !response.body) return answer;
      const body = await whole(response.body as AsyncIterable<Uint8Array> | Uint8Array);
      response.body = body;
      const start = body.subarray(0, 200).toString("utf8");
      if (!PAGE.test(start)) return answer;
      const call = {
        service: (context.clientName ?? "").replace(/Client$/, "").toLowerCase(),
        operation: (context.commandName ?? "").replace(/Command$/, ""),
      };
      throw notAws(call, region, response.statusCode ?? 0, start.replace(/\s+/g, " ").slice(0, 80));
    };
}

async function whole(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
