import { asPairs, asTagKeys } from "../made.ts";
import type { Identity } from "./identity.ts";
import type { Seeding } from "./seeding.ts";

const TEMPLATE = {
  AWSTemplateFormatVersion: "2010-09-09",
  Resources: {
    Inbox: { Type: "AWS::SQS::Queue", Properties: { QueueName: "shop-stack-inbox", VisibilityTimeout: 45 } },
  },
};

/** A stack with a queue of its own, a key, a secret and a model endpoint. */
export async function seedPlatform(seeding: Seeding, identity: Identity): Promise<void> {
  const { make, makeNamed, note, region } = seeding;
  await makeNamed(
    "AWS::CloudFormation::Stack",
    "shop-stack",
    "cloudformation create-stack --stack-name shop-stack --query StackId --template-body",
    TEMPLATE,
    "--tags",
    asPairs,
  );
  note("AWS::SQS::Queue", "shop-stack-inbox", `arn:aws:sqs:${region}:123456789012:shop-stack-inbox`);
  await make("AWS::KMS::Key", "kms create-key --description shop --query KeyMetadata.KeyId --tags", asTagKeys);
  await makeNamed(
    "AWS::SecretsManager::Secret",
    "shop/api-token",
    "secretsmanager create-secret --name shop/api-token --secret-string not-a-real-secret --query ARN --tags",
    asPairs,
  );
  await seedEndpoint(seeding, identity);
}

async function seedEndpoint({ makeNamed }: Seeding, identity: Identity): Promise<void> {
  await makeNamed(
    "AWS::SageMaker::Model",
    "shop-ranking",
    `sagemaker create-model --model-name shop-ranking --execution-role-arn ${identity.role} --primary-container Image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/ranking:1 --query ModelArn --tags`,
    asPairs,
  );
  await makeNamed(
    "AWS::SageMaker::EndpointConfig",
    "shop-ranking",
    "sagemaker create-endpoint-config --endpoint-config-name shop-ranking --production-variants VariantName=all,ModelName=shop-ranking,InitialInstanceCount=1,InstanceType=ml.m5.large --query EndpointConfigArn --tags",
    asPairs,
  );
  await makeNamed(
    "AWS::SageMaker::Endpoint",
    "shop-ranking",
    "sagemaker create-endpoint --endpoint-name shop-ranking --endpoint-config-name shop-ranking --query EndpointArn --tags",
    asPairs,
  );
}
