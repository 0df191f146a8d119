// Generated from the folders beside it by `npm run generate`. Do not edit.
import type { ResourceType } from "../model/resource.ts";
import type { Entry, Facts } from "./contract.ts";
import { facts as ec2Instance } from "./ec2/instance.facts.ts";
import { facts as iamRole } from "./iam/role.facts.ts";
import { facts as sqsQueue } from "./sqs/queue.facts.ts";

/** The facts of every type that Evenkeel knows. */
export const FACTS: readonly Facts[] = [
  ec2Instance,
  iamRole,
  sqsQueue,
];

const LOADERS: Readonly<Record<string, () => Promise<{ default: Entry }>>> = {
  [ec2Instance.type]: () => import("./ec2/instance.ts"),
  [iamRole.type]: () => import("./iam/role.ts"),
  [sqsQueue.type]: () => import("./sqs/queue.ts"),
};

const BY_TYPE: ReadonlyMap<string, Facts> = new Map(FACTS.map((facts) => [facts.type, facts]));

export function factsOf(type: string): Facts | undefined {
  return BY_TYPE.get(type);
}

/** The behaviour of a type; loads its SDK client. */
export async function loadEntry(type: ResourceType): Promise<Entry> {
  const load = LOADERS[type];
  if (!load) throw new TypeError(`no entry for ${type}`);
  return (await load()).default;
}
