import type { CreateFunctionCommandInput } from "@aws-sdk/client-lambda";
import { ACCOUNT } from "../../../tests/contract/account.ts";

/** A function as people make them. */
export function functionInput(FunctionName: string): CreateFunctionCommandInput {
  return {
    FunctionName,
    Role: `arn:aws:iam::${ACCOUNT}:role/orders`,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Code: { ZipFile: new TextEncoder().encode(`exports.handler = () => "${FunctionName}"`) },
    Environment: { Variables: { STAGE: "test" } },
    VpcConfig: { SubnetIds: ["subnet-0b", "subnet-0a"], SecurityGroupIds: ["sg-0a"] },
    DeadLetterConfig: { TargetArn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:dead` },
    Tags: { team: "orders" },
  };
}
