import { EvenkeelError } from "../model/errors.ts";
import type { News } from "./notify.ts";

/** What posts: `fetch`, or a test's. */
export type Post = (url: string, init: PostInit) => Promise<{ readonly ok: boolean; readonly status: number }>;

export interface PostInit {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly redirect: "error";
  readonly signal: AbortSignal;
}

/** A chat that does not answer must not hold up a function that is paid for by the millisecond. */
const TIME_LIMIT_MS = 10_000;

interface Form {
  /** Host names, or what they end in. */
  readonly hosts: RegExp;
  /** Characters of the text that such a message has room for. */
  readonly room: number;
  readonly body: (news: News) => object;
}

/* A message's text comes from resources' names, too: no form may take it for markup, or whoever names one could call everybody. */
const FORMS: readonly Form[] = [
  {
    // Source: Slack developer docs, "Sending messages using incoming webhooks", "Formatting text for app surfaces".
    hosts: /^hooks\.slack(-gov)?\.com$/,
    room: 3_500,
    body: ({ subject, text }) => ({ text: `*${slack(subject)}*\n\`\`\`${slack(text)}\`\`\`` }),
  },
  {
    // Source: Microsoft Teams docs, "Create an Incoming Webhook" (28 KB at most); Adaptive Cards, "RichTextBlock".
    hosts: /(^|\.)(webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/,
    room: 6_000,
    body: ({ subject, text }) => ({
      type: "message",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card(subject, text) }],
    }),
  },
];

const ANY: Form = {
  hosts: /./,
  room: 200_000,
  body: ({ subject, text, attributes, whole }) => ({ subject, text, attributes, whole }),
};

/**
 * Posts news to a chat, in the form that the host of its address takes; any other host gets JSON.
 * @param address is a secret: whoever knows it may write there. No error has it in its text.
 * @throws EvenkeelError USAGE for what is no https address; NETWORK when it could not be posted
 */
export async function postNews(address: string, news: News, post: Post): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "https:")
    throw new EvenkeelError("USAGE", "the webhook's address is none that begins with https://", {
      hint: 'put the address as it is, or as {"url": "https://…"}, into the secret or parameter',
    });
  const form = FORMS.find(({ hosts }) => hosts.test(url.hostname)) ?? ANY;
  const body = JSON.stringify(form.body({ ...news, text: fitting(news, form.room) }));
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body, redirect: "error", signal } as const;
  const answer = await post(url.href, init).catch((error: unknown) => {
    // Neither message nor cause go along: both may hold the address.
    throw new EvenkeelError("NETWORK", `the webhook at ${url.hostname} could not be reached: ${kindOf(error)}`);
  });
  if (answer.ok) return;
  throw new EvenkeelError("NETWORK", `the webhook at ${url.hostname} answered ${answer.status}`, {
    hint: "an address that was taken back answers 403, 404 or 410: make a new one and put it into the secret or parameter",
  });
}

/** `ECONNREFUSED`, `TimeoutError`. */
function kindOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? cause.code : (name ?? "unknown");
}

function fitting({ text, whole }: News, room: number): string {
  if (text.length <= room) return text;
  const end = `\n[cut; the whole: ${whole}]`;
  // A character of two halves is not cut in between.
  const cut = text.slice(0, room - end.length).replace(/[\ud800-\udbff]$/, "");
  return cut + end;
}

/** Three characters have a meaning, and three backticks end the block. */
function slack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("```", "'''");
}

function card(subject: string, text: string): object {
  const run = (each: string, more: object) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text: each, ...more }],
  });
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: [run(subject, { weight: "Bolder", size: "Medium" }), run(text, { fontType: "Monospace" })],
  };
}
