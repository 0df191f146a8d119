import type { Call } from "../../service.ts";
import { type FunctionRow, functions, invalid } from "./function.ts";

/** An account's concurrency in a region: what may run at once, and how much of it AWS leaves unreserved. */
interface Limits {
  readonly executions: number;
  readonly unreserved: number;
}

/** An ordinary account's; new ones have 10 of each. Source: Lambda developer guide, "Lambda quotas". */
const ORDINARY: Limits = { executions: 1000, unreserved: 100 };

/** Worlds may hold other limits of an account, as a row of this kind. */
export const limitsOf = (call: Call): Limits => call.table<Limits>("lambda.limits").get("account") ?? ORDINARY;

/** All that is provisioned on versions and aliases of a function. */
export function provisionedOf({ provisioned }: FunctionRow, but?: string): number {
  const others = Object.entries(provisioned).filter(([qualifier]) => qualifier !== but);
  return others.reduce((sum, [, config]) => sum + (config.RequestedProvisionedConcurrentExecutions ?? 0), 0);
}

/**
 * Refuses what would leave too little for functions without a reservation. What is provisioned on those counts too.
 * Source: API references, PutFunctionConcurrency and PutProvisionedConcurrencyConfig.
 */
export function leaveUnreserved(call: Call, row: FunctionRow, wanted: number, what: string): void {
  const { executions, unreserved } = limitsOf(call);
  const others = functions(call)
    .all()
    .filter((each) => each.configuration.FunctionName !== row.configuration.FunctionName);
  const taken = others.reduce((sum, each) => sum + (each.reserved ?? provisionedOf(each)), 0);
  if (executions - taken - wanted < unreserved)
    throw invalid(
      `Specified ${what} for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreserved}].`,
    );
}
