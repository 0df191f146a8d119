import {
  DeleteRuleCommand,
  EventBridgeClient,
  RemoveTargetsCommand,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import type { Found, Removal } from "../contract.ts";
import { parseRuleId } from "./rule-id.ts";

const settings = ({ configuration }: Found) => configuration as Rule & { readonly Targets?: readonly Target[] };

/** Neither call is forced: only that would touch a rule that a service has made. */
export const removal: Removal = {
  inspect(found) {
    const { ManagedBy, Targets = [] } = settings(found);
    if (ManagedBy) return { refuses: `${ManagedBy} made it and alone may delete it` };
    return Targets.length > 0 ? { needs: ["remove-targets"] } : {};
  },
  prepare(scope, found) {
    const { Name: Rule, EventBusName } = parseRuleId(found.id);
    const Ids = (settings(found).Targets ?? []).flatMap(({ Id }) => Id ?? []);
    return scope.writer(EventBridgeClient).send(new RemoveTargetsCommand({ Rule, EventBusName, Ids }));
  },
  remove: (scope, { id }) => scope.writer(EventBridgeClient).send(new DeleteRuleCommand(parseRuleId(id))),
};
