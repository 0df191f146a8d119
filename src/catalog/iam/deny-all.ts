import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { EvenkeelError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { WriteScope } from "../contract.ts";
import { DENY_ALL, DENY_ALL_DOCUMENT } from "../denying.ts";
import { orGone } from "../reading.ts";

/** Takes a role or user all its rights; absolute and idempotent. */
export async function denyAll(scope: WriteScope, type: ResourceType, name: string): Promise<void> {
  const client = scope.writer(IAMClient);
  const policy = { PolicyName: DENY_ALL, PolicyDocument: JSON.stringify(DENY_ALL_DOCUMENT) };
  if (type === "AWS::IAM::Role") await client.send(new PutRolePolicyCommand({ RoleName: name, ...policy }));
  else if (type === "AWS::IAM::User") await client.send(new PutUserPolicyCommand({ UserName: name, ...policy }));
  else throw noRights(type);
}

/** Gives it back what it had. What is not denied stays so. */
export async function allowAgain(scope: WriteScope, type: ResourceType, name: string): Promise<void> {
  const client = scope.writer(IAMClient);
  const PolicyName = DENY_ALL;
  if (type === "AWS::IAM::Role") await orGone(client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName })));
  else if (type === "AWS::IAM::User")
    await orGone(client.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName })));
  else throw noRights(type);
}

function noRights(type: ResourceType): EvenkeelError {
  return new EvenkeelError("BUG", `${type} has no rights of its own`);
}
