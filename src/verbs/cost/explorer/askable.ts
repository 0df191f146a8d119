import { expectKept } from "../../../aws/cost-explorer-errors.ts";
import { EvenkeelError, isError } from "../../../model/errors.ts";
import { type ExplorerQuery, secondKey } from "./query.ts";

/** Resource by resource: only so, so if AWS has it, or not. */
export type WithResources = "only" | "if possible" | "no";

/**
 * Refuses what needs no call to be refused.
 * @returns why AWS tells no resources of these days; undefined = it may, or is not to be asked for them
 * @throws EvenkeelError USAGE
 */
export function expectAskable(
  query: ExplorerQuery,
  withResources: WithResources,
  now: number,
): EvenkeelError | undefined {
  secondKey(query.groupBy);
  expectKept({ ...query, withResources: false }, now);
  const refusal = withResources === "no" ? undefined : notKept(query, now);
  if (refusal && withResources === "only") throw refusal;
  if (withResources === "no" || refusal) expectShareable(query, refusal);
  return refusal;
}

function notKept(query: ExplorerQuery, now: number): EvenkeelError | undefined {
  try {
    expectKept({ ...query, withResources: true }, now);
    return undefined;
  } catch (error) {
    if (isError(error)) return error;
    throw error;
  }
}

/** Types follow from resources: without them nothing can be grouped by type. @param cause why there are none */
export function expectShareable({ groupBy }: ExplorerQuery, cause: EvenkeelError | undefined): void {
  if (!groupBy.includes("type")) return;
  if (cause) throw cause;
  throw new EvenkeelError("USAGE", "Cost Explorer groups by type only where it tells resources", {
    hint: "take a bill file (`--bill`), Cost Explorer with resources, or `--group-by service`",
  });
}
