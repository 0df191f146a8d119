import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Call, Stored } from "../../service.ts";
import { dropInterface, newInterface } from "../ec2/interfaces.ts";
import { SECURITY_GROUP, SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";

/**
 * How long the interface of a function stays after the function. AWS says up to 40 minutes.
 * Source: Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC".
 */
const LINGERING_MS = 20 * 60_000;

const lingering = (call: Call) => call.table<{ id: string; until: number }>("lambda.lingering-interface");

/** While a function is there, what it holds is read from its own row; what stays after it is an interface. */
export function leaveInterface(call: Call, { VpcConfig, FunctionName }: Stored<FunctionConfiguration>): void {
  const groups = (VpcConfig?.SecurityGroupIds ?? []).filter((id) => has(SECURITY_GROUP, call, id));
  for (const id of VpcConfig?.SubnetIds ?? []) {
    const subnet = has(SUBNET, call, id);
    if (!subnet) continue;
    const made = newInterface(call, {
      subnet,
      groups,
      description: `AWS Lambda VPC ENI-${FunctionName}-${call.uuid()}`,
      requester: `${call.account}:${FunctionName}`,
      interfaceType: "lambda",
    });
    const eni = made.NetworkInterfaceId ?? "";
    lingering(call).put(eni, { id: eni, until: call.millis() + LINGERING_MS });
  }
}

/** Takes away the interfaces of functions that have been gone for long enough. */
export function dropLingering(call: Call): void {
  for (const { id, until } of lingering(call).all()) {
    if (until > call.millis()) continue;
    dropInterface(call, id);
    lingering(call).delete(id);
  }
}
