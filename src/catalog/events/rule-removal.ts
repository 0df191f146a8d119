import {
  DeleteRuleCommand,
  EventBridgeClient,
  RemoveTargetsCommand,
  type RemoveTargetsCommandOutput,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { translate } from "../../aws/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Found, ReadScope, Removal } from "../contract.ts";
import { parseRuleId } from "./rule-id.ts";

const settings = ({ configuration }: Found) => configuration as Rule & { readonly Targets?: readonly Target[] };

/** EventBridge tells neither an id of its own nor a creation date: when it acts is what tells it from another of its name. */
function identityOf(found: Found): JsonObject {
  const { EventPattern, ScheduleExpression } = settings(found);
  return { pattern: toJson(EventPattern), schedule: ScheduleExpression ?? null };
}

/** @throws EvenkeelError for a target that EventBridge, whose answer is a success all the same, has left */
function refuseLeft({ region }: ReadScope, { FailedEntries: [worst] = [] }: RemoveTargetsCommandOutput): void {
  if (!worst) return;
  const { TargetId, ErrorCode = "UnknownError", ErrorMessage = "" } = worst;
  const message = `target ${TargetId} was not removed: ${ErrorMessage}`;
  const error = { name: ErrorCode, message, $metadata: { httpStatusCode: 400 } };
  throw translate(error, { service: "events", operation: "RemoveTargets" }, region);
}

/** Neither call is forced: only that would touch a rule that a service has made. */
export const removal: Removal = {
  inspect(found) {
    const { ManagedBy, Targets = [] } = settings(found);
    const identity = identityOf(found);
    if (ManagedBy) return { identity, refuses: `${ManagedBy} made it and alone may delete it` };
    return { identity, ...(Targets.length > 0 ? { needs: ["remove-targets"] } : {}) };
  },
  async prepare(scope, found) {
    const { Name: Rule, EventBusName } = parseRuleId(found.id);
    const Ids = (settings(found).Targets ?? []).flatMap(({ Id }) => Id ?? []);
    const command = new RemoveTargetsCommand({ Rule, EventBusName, Ids });
    refuseLeft(scope, await scope.writer(EventBridgeClient).send(command));
  },
  remove: (scope, { id }) => scope.writer(EventBridgeClient).send(new DeleteRuleCommand(parseRuleId(id))),
};
