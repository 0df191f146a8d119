import { AppRunnerClient, CreateServiceCommand } from "@aws-sdk/client-apprunner";
import type { TestAccount } from "../../../tests/contract/account.ts";

/** Until what was begun is done. */
export const SETTLED_MS = 3_600_000;

/** One that runs; gives its id. */
export async function service({ send, twin }: TestAccount, ServiceName: string): Promise<string> {
  const command = new CreateServiceCommand({
    ServiceName,
    SourceConfiguration: {
      AutoDeploymentsEnabled: true,
      ImageRepository: {
        ImageIdentifier: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop:1",
        ImageRepositoryType: "ECR",
        ImageConfiguration: { Port: "8080", RuntimeEnvironmentVariables: { KEY: "s3cr3t" } },
      },
    },
    InstanceConfiguration: { Cpu: "1024", Memory: "2048" },
    Tags: [{ Key: "team", Value: "shop" }],
  });
  const made = await send(AppRunnerClient, command);
  await twin.clock.sleep(SETTLED_MS);
  return `${ServiceName}/${made.Service?.ServiceId}`;
}

export const arnOf = (id: string) => `arn:aws:apprunner:eu-west-1:111111111111:service/${id}`;
