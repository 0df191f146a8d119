import { AppRunnerClient, DescribeServiceCommand, type Service } from "@aws-sdk/client-apprunner";
import { formatArn } from "../../model/arn.ts";
import type { AccountId } from "../../model/brand.ts";
import type { ReadScope } from "../contract.ts";
import { orGone } from "../reading.ts";
import { facts } from "./service.facts.ts";

/** The ARN of a service by its id `name/service id`. */
export function arnOf(scope: ReadScope, id: string): string {
  return formatArn(facts.arn, { ...scope, account: scope.account as AccountId, id });
}

/** One by its id; undefined = gone. A deleted one is still told of for a while. */
export async function serviceOf(scope: ReadScope, id: string): Promise<Service | undefined> {
  const command = new DescribeServiceCommand({ ServiceArn: arnOf(scope, id) });
  const service = (await orGone(scope.client(AppRunnerClient).send(command)))?.Service;
  return service?.Status === "DELETED" ? undefined : service;
}
