import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { ReadScope } from "../contract.ts";

interface Wanted {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly ReservedConcurrentExecutions?: number;
  readonly ProvisionedConcurrentExecutions?: number;
}

/** AWS's own smallest rest differs: 100 in most accounts, 50 and 10 in new ones, so it is read off the refusal. */
const REFUSAL = /UnreservedConcurrentExecution below its minimum value of \[(\d+)\]/;

/**
 * Passes a call's result on. Where AWS refuses it because other functions have taken the account's concurrency meanwhile,
 * says how much there is and how much is wanted.
 * Source: API references, PutFunctionConcurrency and GetAccountSettings.
 */
export async function tellShortage<T>(scope: ReadScope, wanted: Wanted, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const least = isError(error, "AWS_REFUSED") ? REFUSAL.exec(error.message)?.[1] : undefined;
    if (!least) throw error;
    const said = await reason(scope, wanted, least).catch(() => undefined);
    if (!said) throw error;
    const awsCode = "InvalidParameterValueException";
    throw new EvenkeelError("AWS_REFUSED", said, { cause: error, awsCode, isShortage: true });
  }
}

async function reason(scope: ReadScope, wanted: Wanted, least: string): Promise<string> {
  const { FunctionName, Qualifier, ReservedConcurrentExecutions, ProvisionedConcurrentExecutions } = wanted;
  const amount =
    ReservedConcurrentExecutions === undefined
      ? `${ProvisionedConcurrentExecutions} provisioned executions for ${Qualifier}`
      : `${ReservedConcurrentExecutions} reserved executions`;
  const { AccountLimit } = await scope.client(LambdaClient).send(new GetAccountSettingsCommand({}));
  const { UnreservedConcurrentExecutions: left, ConcurrentExecutions: all } = AccountLimit ?? {};
  return `${FunctionName} had ${amount}; of the ${all} of this account and region ${left} are unreserved, and AWS leaves no fewer than ${least} of them: lower another function's reservation or raise the account's limit, then resume again`;
}
