import type { Aws } from "../awscli.ts";
import type { Received } from "./events.ts";

/** Waits up to ten seconds for messages. */
export async function receive(aws: Pick<Aws, "call">, queue: string, hidden = 30): Promise<readonly Received[]> {
  const answer = await aws.call(
    `sqs receive-message --queue-url ${queue} --max-number-of-messages 10 --wait-time-seconds 10 --visibility-timeout ${hidden} --attribute-names All --message-attribute-names All`,
  );
  return (answer as { readonly Messages?: readonly Received[] }).Messages ?? [];
}

/** How many messages a queue holds: to be received, delayed, and received but not deleted. */
export async function countIn(aws: Pick<Aws, "call">, queue: string): Promise<readonly number[]> {
  const names = ["", "Delayed", "NotVisible"].map((kind) => `ApproximateNumberOfMessages${kind}`);
  const { Attributes } = (await aws.call(
    `sqs get-queue-attributes --queue-url ${queue} --attribute-names ${names.join(" ")}`,
  )) as { readonly Attributes: Readonly<Record<string, string>> };
  return names.map((name) => Number(Attributes[name]));
}
