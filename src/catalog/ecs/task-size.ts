import { DescribeTaskDefinitionCommand, ECSClient, type TaskDefinition } from "@aws-sdk/client-ecs";
import { isError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { ReadScope } from "../contract.ts";

/** A revision of a task definition never changes, so it is asked for once per client. */
const SIZES = new WeakMap<ECSClient, Map<string, Promise<JsonObject>>>();

/** What each task asks for, by which Fargate bills; empty where it is not told. It is about money only: nothing fails by it. */
export function taskSize(scope: ReadScope, definition: string | undefined): Promise<JsonObject> {
  if (!definition) return Promise.resolve({});
  const client = scope.client(ECSClient);
  const known = SIZES.get(client) ?? new Map<string, Promise<JsonObject>>();
  SIZES.set(client, known);
  const reading = known.get(definition) ?? readSize(client, definition);
  known.set(definition, reading);
  return reading;
}

async function readSize(client: ECSClient, taskDefinition: string): Promise<JsonObject> {
  try {
    const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    return sizeOf(answer.taskDefinition ?? {});
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return {};
  }
}

function sizeOf({ cpu, memory, runtimePlatform, ephemeralStorage }: TaskDefinition): JsonObject {
  return {
    ...(cpu ? { cpu: Number(cpu) } : {}),
    ...(memory ? { memory: Number(memory) } : {}),
    system: runtimePlatform?.operatingSystemFamily ?? "LINUX",
    processor: runtimePlatform?.cpuArchitecture ?? "X86_64",
    ...(ephemeralStorage?.sizeInGiB ? { storage: ephemeralStorage.sizeInGiB } : {}),
  };
}
