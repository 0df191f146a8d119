import {
  CreateNotebookInstanceCommand,
  DeleteNotebookInstanceCommand,
  SageMakerClient,
  StopNotebookInstanceCommand,
  UpdateNotebookInstanceCommand,
} from "@aws-sdk/client-sagemaker";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `research-${letter}`);
const SETTINGS = {
  InstanceType: "ml.t3.medium" as const,
  RoleArn: "arn:aws:iam::111111111111:role/research",
  SubnetId: "subnet-0123456789abcdef0",
  SecurityGroupIds: ["sg-0123456789abcdef0"],
};

/** Until what was begun is done. */
const SETTLED_MS = 3_600_000;

/** SageMaker changes and deletes only what is stopped. */
async function stop({ send, twin }: TestAccount, NotebookInstanceName: string): Promise<void> {
  await send(SageMakerClient, new StopNotebookInstanceCommand({ NotebookInstanceName }));
  await twin.clock.sleep(SETTLED_MS);
}

contractSuite("AWS::SageMaker::NotebookInstance", {
  seed: async ({ send, twin }) => {
    const Tags = [{ Key: "team", Value: "research" }];
    for (const NotebookInstanceName of NAMES)
      await send(SageMakerClient, new CreateNotebookInstanceCommand({ NotebookInstanceName, ...SETTINGS, Tags }));
    await twin.clock.sleep(SETTLED_MS);
    return NAMES;
  },
  remove: async (account, NotebookInstanceName) => {
    await stop(account, NotebookInstanceName);
    await account.send(SageMakerClient, new DeleteNotebookInstanceCommand({ NotebookInstanceName }));
    await account.twin.clock.sleep(SETTLED_MS);
  },
  change: async (account, NotebookInstanceName) => {
    await stop(account, NotebookInstanceName);
    const command = new UpdateNotebookInstanceCommand({ NotebookInstanceName, VolumeSizeInGB: 50 });
    await account.send(SageMakerClient, command);
  },
});
