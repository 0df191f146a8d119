import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { someNews } from "../../tests/contract/function-trial.ts";
import { type Post, postNews } from "./webhook.ts";

interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on this machine, and a way to post to it whatever https address is named. */
async function chat(status = 200, headers: Record<string, string> = {}) {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posted.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, headers).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const post: Post = (url, init) => fetch(`http://127.0.0.1:${port}${new URL(url).pathname}`, init);
  return { posted, post };
}

const SECRET = "T000/B000/aVerySecretPart";

it("posts to Slack as a block that calls nobody", async () => {
  const { posted, post } = await chat();
  await postNews(`https://hooks.slack.com/services/${SECRET}`, someNews({ text: "<!channel> & ```*x*" }), post);

  expect(posted.map(({ path }) => path)).toEqual([`/services/${SECRET}`]);
  expect(posted[0]?.headers["content-type"]).toBe("application/json");
  expect(JSON.parse(posted[0]?.body ?? "")).toEqual({ text: "*Evenkeel*\n```&lt;!channel&gt; &amp; '''*x*```" });
});

it.each([
  "https://acme.webhook.office.com/webhookb2/x",
  "https://prod-01.westeurope.logic.azure.com/workflows/x",
  "https://default1.environment.api.powerplatform.com/x",
])("posts to Teams as a card of plain runs: %s", async (address) => {
  const { posted, post } = await chat(202);
  await postNews(address, someNews({ text: "**x**" }), post);
  const { attachments } = JSON.parse(posted[0]?.body ?? "");

  expect(attachments[0].contentType).toBe("application/vnd.microsoft.card.adaptive");
  expect(attachments[0].content.body).toMatchObject([
    { type: "RichTextBlock", inlines: [{ text: "Evenkeel" }] },
    { type: "RichTextBlock", inlines: [{ text: "**x**", fontType: "Monospace" }] },
  ]);
});

it.each([
  "https://chat.example.com/hook",
  "https://hooks.slack.com.example.com/x",
  "https://evil-logic.azure.com.de/x",
])("posts plain JSON to anybody else: %s", async (address) => {
  const { posted, post } = await chat(204);
  await postNews(address, someNews(), post);

  expect(JSON.parse(posted[0]?.body ?? "")).toEqual(someNews());
});

it.each([
  ["https://hooks.slack.com/x", 4_000],
  ["https://a.logic.azure.com/x", 28_000],
  ["https://chat.example.com/x", 262_144],
])("cuts what is too long for %s, and says where the whole is", async (address, most) => {
  const { posted, post } = await chat();
  await postNews(address, someNews({ text: `${"x".repeat(101)}${"🌊".repeat(200_000)}` }), post);
  const { body = "" } = posted[0] ?? {};

  expect(body).toContain("[cut; the whole: s3://b/report.txt]");
  expect(body).not.toMatch(/\\ud83c(?!\\udf0a)/);
  expect(() => encodeURIComponent(JSON.stringify(JSON.parse(body)))).not.toThrow();
  expect(JSON.parse(body)).toBeDefined();
  expect(body.length).toBeLessThanOrEqual(most);
});

it.each([["http://hooks.slack.com/services/"], ["ftp://chat.example.com/"], ["hooks.slack.com/"], [""], ["https://"]])(
  "refuses %j, which is no https address, without telling it",
  async (address) => {
    const { posted, post } = await chat();
    const refused = postNews(`${address}${SECRET}${" "}`, someNews(), post);
    if (address === "https://") return expect(refused).resolves.toBeUndefined();

    await expect(refused).rejects.toMatchObject({ code: "USAGE" });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining("Secret") });
    expect(posted).toEqual([]);
  },
);

it.each([
  [404, {}, "answered 404"],
  [500, {}, "answered 500"],
  [302, { location: "http://127.0.0.1:1/elsewhere" }, "could not be reached"],
])("tells of an answer %i without the address", async (status, headers, says) => {
  const { post } = await chat(status, headers as Record<string, string>);
  const failed: Error = await postNews(`https://chat.example.com/${SECRET}`, someNews(), post).catch((error) => error);

  expect(failed).toMatchObject({ code: "NETWORK", message: expect.stringContaining(says) });
  expect(JSON.stringify([failed, failed.message, failed.stack, failed.cause])).not.toContain("Secret");
});

it("tells of a chat that can't be reached, and gives up on one that does not answer", async () => {
  const gone: Post = (_, init) => fetch("http://127.0.0.1:9/", init);
  const mute: Post = (_, { signal }) => {
    expect(signal).toBeInstanceOf(AbortSignal);
    return Promise.reject(new DOMException(`The operation timed out: https://x/${SECRET}`, "TimeoutError"));
  };
  const told = (post: Post) => postNews(`https://chat.example.com/${SECRET}`, someNews(), post);

  await expect(told(gone)).rejects.toMatchObject({ message: expect.not.stringContaining("Secret") });
  await expect(told(mute)).rejects.toMatchObject({ message: expect.stringMatching(/: TimeoutError$/) });
});
