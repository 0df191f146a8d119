import { AwsFault, page, service, tagList, tagMap } from "../../service.ts";
import { publish } from "./publish.ts";
import { ofTopic, setSetting, settingsOf, subscriptions, topicAt, topics } from "./topics.ts";

/** What every topic's owner may do. Source: SNS developer guide, "Example cases for Amazon SNS access control". */
function ownersPolicy(arn: string, account: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish", "SNS:DeleteTopic"],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}

const DELIVERY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: { minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, backoffFunction: "linear" },
    disableSubscriptionOverrides: false,
  },
});

/** SNS lists a hundred a page and lets nobody ask for less. */
const PAGE = 100;

function pageOf<T>(items: readonly T[], token: string | undefined) {
  return page(items, { token }, { max: PAGE });
}

export const sns = service(
  { namespace: "com.amazonaws.sns", signingName: "sns" },
  () => import("@aws-sdk/client-sns"),
  {
    CreateTopic(input, call) {
      const name = input.Name ?? "";
      const arn = call.arn("sns", name);
      if (!topics(call).get(name))
        topics(call).put(name, {
          arn,
          name,
          attributes: {
            DisplayName: "",
            Policy: ownersPolicy(arn, call.account),
            EffectiveDeliveryPolicy: DELIVERY,
            ...(input.Attributes as Record<string, string> | undefined),
          },
          tags: tagMap(input.Tags),
          messages: [],
        });
      return { TopicArn: arn };
    },
    /** Deleting what is not there succeeds. Source: SNS API reference, DeleteTopic. */
    DeleteTopic(input, call) {
      const archive =
        topics(call).get((input.TopicArn ?? "").split(":").at(-1) ?? "")?.attributes.ArchivePolicy ?? "{}";
      // Source: SNS developer guide, "Message archiving for FIFO topic owners".
      if (archive !== "{}")
        throw new AwsFault("InvalidState", "Invalid state: Cannot delete a topic with an ArchivePolicy");
      for (const { SubscriptionArn } of ofTopic(call, input.TopicArn ?? ""))
        subscriptions(call).delete(SubscriptionArn);
      topics(call).delete((input.TopicArn ?? "").split(":").at(-1) ?? "");
    },
    ListTopics(input, call) {
      const { items, next } = pageOf(topics(call).all(), input.NextToken);
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: next };
    },
    GetTopicAttributes(input, call) {
      const { arn, attributes } = topicAt(call, input.TopicArn);
      const confirmed = ofTopic(call, arn).length;
      const counters = {
        SubscriptionsPending: "0",
        SubscriptionsDeleted: "0",
        SubscriptionsConfirmed: String(confirmed),
      };
      return { Attributes: { ...attributes, TopicArn: arn, Owner: call.account, ...counters } };
    },
    SetTopicAttributes(input, call) {
      const { attributes } = topicAt(call, input.TopicArn);
      if (input.AttributeName) attributes[input.AttributeName] = input.AttributeValue ?? "";
    },
    Subscribe(input, call) {
      const { arn } = topicAt(call, input.TopicArn);
      const Protocol = input.Protocol ?? "";
      const Endpoint = input.Endpoint ?? "";
      const same = ofTopic(call, arn).find((each) => each.Protocol === Protocol && each.Endpoint === Endpoint);
      const SubscriptionArn = same?.SubscriptionArn ?? `${arn}:${call.uuid()}`;
      if (!same)
        subscriptions(call).put(SubscriptionArn, {
          SubscriptionArn,
          TopicArn: arn,
          Protocol,
          Endpoint,
          Owner: call.account,
        });
      for (const [name, value] of Object.entries((input.Attributes ?? {}) as Record<string, string>))
        setSetting(call, SubscriptionArn, name, value);
      return { SubscriptionArn };
    },
    Unsubscribe(input, call) {
      subscriptions(call).delete(input.SubscriptionArn ?? "");
    },
    ListSubscriptions(input, call) {
      const { items, next } = pageOf(subscriptions(call).all(), input.NextToken);
      return { Subscriptions: items, NextToken: next };
    },
    ListSubscriptionsByTopic(input, call) {
      const { arn } = topicAt(call, input.TopicArn);
      const { items, next } = pageOf(ofTopic(call, arn), input.NextToken);
      return { Subscriptions: items, NextToken: next };
    },
    /** As they were given, and what every subscription has. */
    GetSubscriptionAttributes(input, call) {
      const row = subscriptions(call).get(input.SubscriptionArn ?? "");
      if (!row) throw new AwsFault("NotFound", "Subscription does not exist", 404);
      const fixed = { PendingConfirmation: "false", ConfirmationWasAuthenticated: "true", RawMessageDelivery: "false" };
      return { Attributes: { ...row, ...fixed, ...settingsOf(call, row.SubscriptionArn) } };
    },
    SetSubscriptionAttributes(input, call) {
      const { SubscriptionArn = "", AttributeName = "", AttributeValue = "" } = input;
      if (!subscriptions(call).get(SubscriptionArn)) throw new AwsFault("NotFound", "Subscription does not exist", 404);
      setSetting(call, SubscriptionArn, AttributeName, AttributeValue);
    },
    Publish: publish,
    TagResource(input, call) {
      Object.assign(topicAt(call, input.ResourceArn).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = topicAt(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { Tags: tagList(topicAt(call, input.ResourceArn).tags) };
    },
  },
);
