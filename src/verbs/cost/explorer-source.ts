import type { VerbContext } from "../context.ts";
import type { BillSource } from "./cost.ts";
import { expectAskable, type WithResources } from "./explorer/askable.ts";
import { explore } from "./explorer/explorer.ts";
import { weigher } from "./weights.ts";

/** Cost Explorer as a source of costs: those of the signed-in account alone. */
export function explorerSource(context: VerbContext, withResources: WithResources): BillSource {
  const { connection, store, host } = context;
  return {
    refuse: (question) => void expectAskable(question, withResources, connection.clock.now()),
    split: ({ judge, ...question }) =>
      explore({ ...question, account: connection.account }, withResources, {
        ...{ connection, store, host, judge },
        weigh: weigher(context, judge),
      }),
  };
}
