import type { VerbContext } from "../context.ts";
import type { BillSource } from "./cost.ts";
import { explore, type WithResources } from "./explorer/explorer.ts";
import { weigher } from "./weights.ts";

/** Cost Explorer as a source of costs: those of the signed-in account alone. */
export function explorerSource(context: VerbContext, withResources: WithResources): BillSource {
  const { connection, store, host } = context;
  return {
    split: ({ judge, ...question }) =>
      explore({ ...question, account: connection.account }, withResources, {
        ...{ connection, store, host, judge },
        weigh: weigher(context, judge),
      }),
  };
}
