import {
  DeregisterTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
} from "@aws-sdk/client-ecs";
import { ACCOUNT, type TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A new revision of a family; gives its id. */
async function revision({ send }: TestAccount, family: string): Promise<string> {
  const environment = [{ name: "KEY", value: "s3cr3t" }];
  const containerDefinitions = [{ name: "web", image: "nginx", memory: 128, environment }];
  const roles = { taskRoleArn: role("task"), executionRoleArn: role("execution") };
  const tags = [{ key: "team", value: "orders" }];
  const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions, ...roles, tags });
  const { taskDefinition } = await send(ECSClient, command);
  return `${family}:${taskDefinition?.revision}`;
}

contractSuite("AWS::ECS::TaskDefinition", {
  seed: async (account) => {
    const ids: string[] = [];
    for (const family of ["a", "b", "b", "c", "d", "e", "f"]) ids.push(await revision(account, family));
    return ids;
  },
  remove: ({ send }, taskDefinition) => send(ECSClient, new DeregisterTaskDefinitionCommand({ taskDefinition })),
  change: ({ send }, id) => {
    const resourceArn = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/${id}`;
    return send(ECSClient, new TagResourceCommand({ resourceArn, tags: [{ key: "team", value: "web" }] }));
  },
});

removalSuite("AWS::ECS::TaskDefinition", {
  seed: async (account) => {
    // The newest revision is what the family stands for: it must not go in place of the one that was named.
    const id = await revision(account, "web");
    await revision(account, "web");
    return id;
  },
});
