import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { isRegion, type Region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ShedMessage } from "../model/shed.ts";
import type { Connection } from "./connection.ts";

/** SQS's greatest, seconds. Source: SQS API reference, SendMessage. */
const LONGEST_DELAY = 900;

/**
 * Sends the message that brings the next step about.
 * @param queueUrl of a standard queue: in a FIFO one no message has a delay of its own
 * @param delaySeconds cut to 0 to 900: what is to come later comes early, and its receiver sends it on by what is due
 */
export async function sendStep(
  connection: Connection,
  queueUrl: string,
  message: ShedMessage,
  delaySeconds: number,
): Promise<void> {
  const client = connection.client(SQSClient, regionOf(queueUrl) ?? connection.defaultRegion, "write");
  const DelaySeconds = Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(delaySeconds)));
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));
}

/**
 * `https://sqs.eu-west-1.amazonaws.com/123456789012/steps`, and the older `https://eu-west-1.queue.amazonaws.com/…`;
 * undefined = an emulator's, which tells none. Source: SQS developer guide, endpoints.
 */
function regionOf(queueUrl: string): Region | undefined {
  const host = hostOf(queueUrl);
  const [, now, older] = /^sqs(?:-fips)?[.]([^.]+)[.]|^([^.]+)[.]queue[.]/.exec(host) ?? [];
  const code = now ?? older;
  return code !== undefined && isRegion(code) ? code : undefined;
}

function hostOf(queueUrl: string): string {
  const url = URL.canParse(queueUrl) ? new URL(queueUrl) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname.length > 1 && !url.pathname.endsWith(".fifo"))
    return url.hostname;
  throw new EvenkeelError("USAGE", `not the URL of a standard SQS queue: ${queueUrl}`, {
    hint: "for example https://sqs.eu-west-1.amazonaws.com/123456789012/steps",
  });
}
