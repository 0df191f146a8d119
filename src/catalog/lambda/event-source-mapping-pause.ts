import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { isError } from "../../model/errors.ts";
import type { Resource } from "../../model/resource.ts";
import type { Pause, PauseState, ReadScope, WriteScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";

interface Standing {
  readonly phase: PauseState["phase"];
  /** Absent while nobody can tell whether it is meant to poll. */
  readonly enabled?: boolean;
  readonly words: string;
}

/** Source: API reference, EventSourceMappingConfiguration, State. */
const STANDINGS: Readonly<Record<string, Standing>> = {
  Enabled: { phase: "running", enabled: true, words: "enabled" },
  Enabling: { phase: "moving", enabled: true, words: "being enabled" },
  Disabled: { phase: "paused", enabled: false, words: "disabled" },
  Disabling: { phase: "moving", enabled: false, words: "being disabled" },
};

async function standing(scope: ReadScope, UUID: string): Promise<Standing | undefined> {
  const mapping = await orGone(scope.client(LambdaClient).send(new GetEventSourceMappingCommand({ UUID })));
  if (!mapping) return undefined;
  const state = mapping.State ?? "in an unknown state";
  return STANDINGS[state] ?? { phase: "moving", words: state.toLowerCase() };
}

/**
 * Only Enabled is sent: what is not sent stays. A mapping that is on its way already refuses another change with
 * ResourceInUseException, which is how a call whose answer was lost looks when it is made again.
 * Source: API reference, UpdateEventSourceMapping.
 */
async function turn(scope: WriteScope, UUID: string, Enabled: boolean): Promise<void> {
  try {
    await scope.writer(LambdaClient).send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  } catch (error) {
    if (!isError(error) || error.details.awsCode !== "ResourceInUseException") throw error;
    if ((await standing(scope, UUID))?.enabled !== Enabled) throw error;
  }
}

/** How long what comes in meanwhile is kept by its source. Sources: the developer guides of the five services. */
const KEEPS: Readonly<Record<string, string>> = {
  kinesis: "records expire with the stream's retention, a day unless it was made longer",
  dynamodb: "records of a table's stream expire after a day",
  sqs: "messages expire with the queue's retention, four days unless it was changed",
  kafka: "records expire with the topic's retention",
  rds: "changes expire with the cluster's change stream retention, three hours unless it was made longer",
};

function risksOf({ EventSourceArn, MaximumRecordAgeInSeconds: age }: Resource["configuration"]): string[] {
  const kept = KEEPS[String(EventSourceArn ?? "").split(":")[2] ?? ""];
  // -1 = no limit. Source: API reference, UpdateEventSourceMapping.
  const old = typeof age === "number" && age > 0 ? [`records older than ${age} s are discarded when it goes on`] : [];
  return [...(kept ? [`${kept}: a longer pause loses them`] : []), ...old];
}

export const pause: Pause = {
  async capture(scope, id) {
    const now = await standing(scope, id);
    if (!now) return undefined;
    const { phase, enabled, words } = now;
    return { phase, saved: enabled === undefined ? {} : { enabled }, words };
  },

  eligible({ saved, words }, { configuration }) {
    if (saved.enabled === undefined) return { kind: "kept", reason: `it is ${words} just now` };
    if (!saved.enabled) return { kind: "kept", reason: "its owner has disabled it: it polls nothing" };
    return { kind: "eligible", loses: [], risks: risksOf(configuration) };
  },

  stop: (scope, id) => turn(scope, id, false),

  async resume(scope, id, saved) {
    if (saved.enabled === true) await turn(scope, id, true);
  },

  resumed: (before, now) => cameBack(before, now),
};
