import type { Connection } from "../aws/connection.ts";
import { readParameter, readSecret } from "../aws/secret-text.ts";
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
 * Tells a topic (SNS_TOPIC_ARN) and a chat (WEBHOOK_URL_SECRET or WEBHOOK_URL_PARAMETER). Without any, only the log has it,
 * which is said once.
 * @throws EvenkeelError USAGE for what is no topic, and for two addresses of one chat
 */
export function notifier(env: Env, { connect, host, meter, post = fetch }: NotifierContext): Notify {
  const { SNS_TOPIC_ARN: topic } = env;
  if (topic) checkTopic(topic);
  const readAddress = addressOf(env);
  const ways: Notify[] = [
    ...(topic ? [async (news: News) => publish(await connect(), topic, news)] : []),
    ...(readAddress ? [async (news: News) => postNews(await readAddress(await connect()), news, post)] : []),
  ];
  let isSaid = false;
  return async (news) => {
    const { subject, text, ...rest } = news;
    const cleaned = { ...rest, subject: clean(subject), text: clean(text) };
    if (ways.length === 0) {
      if (!isSaid)
        host.tell({
          kind: "warning",
          text: "nobody is told: neither SNS_TOPIC_ARN nor WEBHOOK_URL_SECRET or WEBHOOK_URL_PARAMETER is set",
        });
      isSaid = true;
      return host.tell({ kind: "info", text: `${cleaned.subject}\n${cleaned.text}` });
    }
    const ends = await Promise.allSettled(ways.map((way) => way(cleaned)));
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
    if (failed.length > 0) meter.measure("NotificationsFailed", failed.length);
    if (failed[0]) throw failed[0];
  };
}

/** What reads the webhook's address; undefined = there is none. @throws EvenkeelError USAGE for two of them */
function addressOf(env: Env): ((connection: Connection) => Promise<string>) | undefined {
  const { WEBHOOK_URL_SECRET: secret, WEBHOOK_URL_PARAMETER: parameter } = env;
  if (secret && parameter)
    throw new EvenkeelError(
      "USAGE",
      "WEBHOOK_URL_SECRET and WEBHOOK_URL_PARAMETER are both set, and one is the address",
      {
        hint: "unset the one that is out of date",
      },
    );
  if (secret) return async (connection) => addressIn(await readSecret(connection, secret));
  if (parameter) return async (connection) => addressIn(await readParameter(connection, parameter));
  return undefined;
}

/** The address alone, or JSON with it as `url`. Whatever is neither is refused by whoever posts. */
function addressIn(secret = ""): string {
  const text = secret.trim();
  if (!text.startsWith("{")) return text;
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    return typeof url === "string" ? url : "";
  } catch {
    // Its message would show what stands in the secret.
    return "";
  }
}
