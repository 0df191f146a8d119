import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { type EvenkeelError, isError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Resource } from "../../model/resource.ts";
import type { Pause, WriteScope } from "../contract.ts";
import { orGone } from "../reading.ts";
import { type Concurrency, concurrencyOf, differences, fromSaved, NONE, toSaved, words } from "./concurrency.ts";
import { tellShortage } from "./shortage.ts";

/** What becomes of events that come while nothing may run. Source: Lambda developer guide, "invocation-async-error-handling". */
function losses({ DeadLetterConfig }: Resource["configuration"]): { loses: string[]; risks: string[] } {
  const target = (DeadLetterConfig as JsonObject | undefined)?.TargetArn;
  const refused = "calls that come meanwhile: they are answered with a throttle";
  if (!target)
    return {
      loses: [refused, "asynchronous events that come meanwhile, unless an on-failure destination takes them"],
      risks: [],
    };
  return {
    loses: [refused],
    risks: [`asynchronous events that come meanwhile go to ${String(target)} without a retry: take them from there`],
  };
}

function returnRisks({ reserved, provisioned }: Concurrency): string[] {
  const own = reserved !== NONE ? [`its reservation of ${reserved}`] : [];
  const wanted = [...own, ...(provisioned.size > 0 ? ["its provisioned concurrency"] : [])];
  if (wanted.length === 0) return [];
  const scaling = "Application Auto Scaling, if it sets the provisioned concurrency, keeps trying to meanwhile";
  return [
    `${wanted.join(" and ")} may be taken by other functions meanwhile: the account's pool must have room again`,
    ...(provisioned.size > 0 ? [scaling] : []),
  ];
}

async function reserve(scope: WriteScope, FunctionName: string, reserved: Concurrency["reserved"]): Promise<void> {
  const client = scope.writer(LambdaClient);
  if (reserved === NONE) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  else {
    const request = { FunctionName, ReservedConcurrentExecutions: reserved };
    await tellShortage(scope, request, client.send(new PutFunctionConcurrencyCommand(request)));
  }
}

/** All are tried: an alias that someone deleted meanwhile must not keep the others from coming back. */
async function provision(scope: WriteScope, FunctionName: string, wanted: Concurrency["provisioned"]): Promise<void> {
  const live = (await concurrencyOf(scope, FunctionName))?.provisioned;
  const failures: EvenkeelError[] = [];
  for (const [Qualifier, ProvisionedConcurrentExecutions] of wanted) {
    if (live?.get(Qualifier) === ProvisionedConcurrentExecutions) continue;
    const request = { FunctionName, Qualifier, ProvisionedConcurrentExecutions };
    const command = new PutProvisionedConcurrencyConfigCommand(request);
    try {
      await tellShortage(scope, request, scope.writer(LambdaClient).send(command));
    } catch (error) {
      if (!isError(error)) throw error;
      failures.push(error);
    }
  }
  if (failures[0]) throw failures[0];
}

export const pause: Pause = {
  async capture(scope, id) {
    const now = await concurrencyOf(scope, id);
    if (!now) return undefined;
    const stopped = now.reserved === 0 && now.provisioned.size === 0;
    return {
      phase: now.allocating ? "moving" : stopped ? "paused" : "running",
      saved: toSaved(now),
      words: words(now),
      ...(now.failed.size > 0 ? { live: { failed: Object.fromEntries(now.failed) } } : {}),
    };
  },

  eligible({ saved }, { configuration }) {
    const now = fromSaved(saved);
    if (now.reserved === 0)
      return { kind: "kept", reason: "its owner has throttled it: its reserved concurrency is 0 already" };
    if (configuration.CapacityProviderConfig)
      return {
        kind: "kept",
        reason: "it runs on a capacity provider's instances, which a reservation of 0 does not end",
      };
    if (configuration.MasterArn)
      return { kind: "kept", reason: "it is a Lambda@Edge replica: its concurrency can't be set" };
    const { loses, risks } = losses(configuration);
    return { kind: "eligible", loses, risks: [...risks, ...returnRisks(now)] };
  },

  /** A reservation below what is provisioned is refused, so that goes first; only what was saved is taken away. */
  async stop(scope, id, saved) {
    for (const Qualifier of fromSaved(saved).provisioned.keys()) {
      const command = new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: id, Qualifier });
      await orGone(scope.writer(LambdaClient).send(command));
    }
    await reserve(scope, id, 0);
  },

  /** What is provisioned may not exceed the reservation, so the reservation comes first. */
  async resume(scope, id, saved) {
    const { reserved, provisioned } = fromSaved(saved);
    await reserve(scope, id, reserved);
    if (provisioned.size > 0) await provision(scope, id, provisioned);
  },

  resumed(before, now) {
    const [was, is] = [fromSaved(before), fromSaved(now.saved, now.live)];
    if (now.phase === "moving") return { phase: "moving", differs: [] };
    // Cut off between the two calls: what is reserved is as it was, and something provisioned is still missing.
    const cutOff =
      is.reserved === was.reserved && [...was.provisioned.keys()].some((each) => !is.provisioned.has(each));
    if (is.reserved === 0 || cutOff) return { phase: "ready", differs: [] };
    return { phase: "done", differs: differences(was, is) };
  },
};
