import { GetTopicAttributesCommand, paginateListTopics, SNSClient } from "@aws-sdk/client-sns";
import { formatArn } from "../../model/arn.ts";
import type { AccountId } from "../../model/brand.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, unknownOf, without } from "../reading.ts";
import { facts } from "./topic.facts.ts";
import { removal } from "./topic-removal.ts";

/** SNS lists a hundred a page; there is no size to ask for. */
async function* arns(scope: ReadScope): AsyncGenerator<string> {
  for await (const page of paginateListTopics({ client: scope.client(SNSClient) }, {}))
    for (const { TopicArn } of page.Topics ?? []) if (TopicArn) yield TopicArn;
}

async function describe(scope: ReadScope, TopicArn: string): Promise<Found | undefined> {
  const answer = await orGone(scope.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn })));
  if (!answer) return undefined;
  const attributes = answer.Attributes ?? {};
  const { tags, unknown } = (await scope.tags("sns"))(TopicArn);
  return {
    id: TopicArn.slice(TopicArn.lastIndexOf(":") + 1),
    arn: TopicArn,
    tags,
    configuration: {
      // The effective delivery policy is the own one and AWS's defaults, which AWS may change.
      Attributes: without(
        attributes,
        "TopicArn",
        "Owner",
        "Policy",
        "DeliveryPolicy",
        "ArchivePolicy",
        "EffectiveDeliveryPolicy",
      ),
      Policy: parseDocument(attributes.Policy),
      DeliveryPolicy: parseDocument(attributes.DeliveryPolicy),
      ArchivePolicy: parseDocument(attributes.ArchivePolicy),
    },
    ...unknownOf(unknown),
  };
}

export default {
  list: (scope) => inParallel(arns(scope), (arn) => describe(scope, arn)),
  read: (scope, id) => describe(scope, formatArn(facts.arn, { ...scope, account: scope.account as AccountId, id })),
  removal,
} satisfies Entry;
