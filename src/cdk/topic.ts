import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

/** Actions of who publishes to an encrypted topic. Source: SNS developer guide, "Managing Amazon SNS encryption keys". */
const TO_PUBLISH = ["kms:Decrypt", "kms:GenerateDataKey"];

/**
 * A topic that is encrypted with a key of its own (AWS's own key lets no service publish), and takes nothing without TLS.
 * @param service the AWS service that publishes besides the functions of the account
 */
export function encryptedTopic(scope: Construct, id: string, service: "cloudwatch" | "budgets"): Topic {
  const key = new Key(scope, `${id}Key`, {
    description: "Encrypts what Evenkeel tells people",
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const publisher = new ServicePrincipal(`${service}.amazonaws.com`);
  const ofThisAccount = { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } };
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "Service",
      principals: [publisher],
      actions: TO_PUBLISH,
      resources: ["*"],
      conditions: ofThisAccount,
    }),
  );
  // As in the key that AWS itself keeps for topics: whoever of the account may publish may use it for that, and only for that.
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "Publishers",
      principals: [new AnyPrincipal()],
      actions: TO_PUBLISH,
      resources: ["*"],
      conditions: {
        StringEquals: { "kms:CallerAccount": Aws.ACCOUNT_ID, "kms:ViaService": `sns.${Aws.REGION}.${Aws.URL_SUFFIX}` },
      },
    }),
  );
  const topic = new Topic(scope, id, { masterKey: key, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "Service",
      principals: [publisher],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: ofThisAccount,
    }),
  );
  return topic;
}
