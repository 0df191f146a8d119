import {
  CreateNotebookInstanceCommand,
  DeleteNotebookInstanceCommand,
  SageMakerClient,
  StopNotebookInstanceCommand,
  UpdateNotebookInstanceCommand,
} from "@aws-sdk/client-sagemaker";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { writeScope } from "../scope.ts";
import entry from "./notebook-instance.ts";

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

removalSuite("AWS::SageMaker::NotebookInstance", {
  seed: async ({ send }) => {
    for (const NotebookInstanceName of ["research", "other"])
      await send(SageMakerClient, new CreateNotebookInstanceCommand({ NotebookInstanceName, ...SETTINGS }));
    return "research";
  },
  prepares: ["stop"],
});

it("waits for one that is still on its way: SageMaker stops and deletes only what is at rest", async () => {
  const account = await testAccount();
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = { id: "research", state: "Pending", tags: {}, configuration: {} };

  await expect(entry.removal.prepare?.(scope, found, "stop")).rejects.toMatchObject({ details: { isHeld: true } });
  await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ details: { isHeld: true } });
  expect(account.calls).toEqual([]);
});
