import type { Connection } from "../aws/connection.ts";
import { readSecret } from "../aws/secret-text.ts";
import { checkTopic, type Notice, publish } from "../aws/topic.ts";
import type { Host } from "../io/host.ts";
import { clean } from "../io/screen.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Env } from "./door.ts";
import type { Meter } from "./meter.ts";
import { type Post, postNews } from "./webhook.ts";

/** Something that people are told. */
export type News = Notice;

/** Reaches people by every way that is set up. @throws EvenkeelError of the first way that fails, when all were tried */
export type Notify = (news: News) => Promise<void>;

export interface NotifierContext {
  /** Calls that end when the function's time does: the last thing that it does is to tell. */
  readonly connect: () => Promise<Connection>;
  readonly host: Host;
  readonly meter: Meter;
  /** Absent = `fetch`. */
  readonly post?: Post;
}

/**
 * Tells a topic (SNS_TOPIC_ARN) and a chat (WEBHOOK_URL_SECRET). Without either, only the log has it, which is said once.
 * @throws EvenkeelError USAGE for what names neither a topic nor a secret
 */
export function notifier(env: Env, { connect, host, meter, post = fetch }: NotifierContext): Notify {
  const { SNS_TOPIC_ARN: topic, WEBHOOK_URL_SECRET: secret } = env;
  refuseParameter(env);
  if (topic) checkTopic(topic);
  const ways: Notify[] = [
    ...(topic ? [async (news: News) => publish(await connect(), topic, news)] : []),
    ...(secret ? [async (news: News) => postNews(await addressIn(await connect(), secret), news, post)] : []),
  ];
  let isSaid = false;
  return async (news) => {
    const { subject, text, ...rest } = news;
    const cleaned = { ...rest, subject: clean(subject), text: clean(text) };
    if (ways.length === 0) {
      if (!isSaid)
        host.tell({ kind: "warning", text: "nobody is told: neither SNS_TOPIC_ARN nor WEBHOOK_URL_SECRET is set" });
      isSaid = true;
      return host.tell({ kind: "info", text: `${cleaned.subject}\n${cleaned.text}` });
    }
    const ends = await Promise.allSettled(ways.map((way) => way(cleaned)));
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
    if (failed.length > 0) meter.measure("NotificationsFailed", failed.length);
    if (failed[0]) throw failed[0];
  };
}

/** What has no effect would be taken for what has. */
function refuseParameter({ WEBHOOK_URL_PARAMETER: parameter }: Env): void {
  if (parameter)
    throw new EvenkeelError("USAGE", "WEBHOOK_URL_PARAMETER is not supported: no parameter can be read", {
      hint: "put the webhook's address into a secret of Secrets Manager, and its name into WEBHOOK_URL_SECRET",
    });
}

/** The secret holds the address, or JSON with the address as `url`. @throws EvenkeelError USAGE; what reading it throws */
async function addressIn(connection: Connection, secret: string): Promise<string> {
  const text = (await readSecret(connection, secret))?.trim() ?? "";
  if (!text.startsWith("{")) return text;
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    return typeof url === "string" ? url : "";
  } catch {
    // Its message would show what stands in the secret.
    return "";
  }
}
