import { DeleteTopicCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Removal } from "../contract.ts";

interface TopicConfiguration {
  readonly Attributes?: Readonly<Record<string, string | undefined>>;
  readonly ArchivePolicy?: Json;
}

/** Subscriptions go with their topic. */
function subscriptions({ Attributes = {} }: TopicConfiguration): number {
  return Number(Attributes.SubscriptionsConfirmed ?? 0) + Number(Attributes.SubscriptionsPending ?? 0);
}

/** SNS refuses to delete a topic whose messages it archives. Source: SNS developer guide, "Message archiving for FIFO topic owners". */
function archives({ ArchivePolicy }: TopicConfiguration): boolean {
  return isJsonObject(ArchivePolicy) && Object.keys(ArchivePolicy).length > 0;
}

export const removal: Removal = {
  inspect({ configuration }) {
    const topic = configuration as TopicConfiguration;
    const count = subscriptions(topic);
    return {
      words: `${count} subscriptions`,
      ...(count > 0 ? { loses: [`its ${count} subscriptions`] } : {}),
      ...(archives(topic) ? { guardedBy: "message archive" } : {}),
    };
  },
  prepare(scope, { arn }) {
    const ended = { AttributeName: "ArchivePolicy", AttributeValue: "{}" };
    return scope.writer(SNSClient).send(new SetTopicAttributesCommand({ TopicArn: arn, ...ended }));
  },
  remove: (scope, { arn }) => scope.writer(SNSClient).send(new DeleteTopicCommand({ TopicArn: arn })),
};
