import { AddTagsCommand, CreateModelCommand, DeleteModelCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { ACCOUNT, HERE, type TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

const TYPE = "AWS::SageMaker::Model";
const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `forecast-${letter}`);

async function seed({ send }: TestAccount): Promise<readonly string[]> {
  const PrimaryContainer = {
    Image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/forecast:1",
    Environment: { LEVEL: "1" },
  };
  const ExecutionRoleArn = `arn:aws:iam::${ACCOUNT}:role/forecast`;
  const Tags = [{ Key: "team", Value: "forecast" }];
  for (const ModelName of NAMES)
    await send(SageMakerClient, new CreateModelCommand({ ModelName, PrimaryContainer, ExecutionRoleArn, Tags }));
  return NAMES;
}

contractSuite(TYPE, {
  seed,
  remove: ({ send }, ModelName) => send(SageMakerClient, new DeleteModelCommand({ ModelName })),
  // Only its tags can change.
  change: ({ send }, name) => {
    const ResourceArn = `arn:aws:sagemaker:${HERE}:${ACCOUNT}:model/${name}`;
    return send(SageMakerClient, new AddTagsCommand({ ResourceArn, Tags: [{ Key: "tier", Value: "gold" }] }));
  },
});

removalSuite(TYPE, { seed: async (account) => (await seed(account))[0] ?? "" });
