import type { Output, Parameter, Stack, StackResourceSummary } from "@aws-sdk/client-cloudformation";
import { arrive } from "../../moving.ts";
import { AwsFault, type Call, type Stored, type Table, tagList } from "../../service.ts";

export interface Row {
  readonly stack: Stored<Stack>;
  resources: Stored<StackResourceSummary>[];
  template: string;
}

/** By stack id: a deleted stack stays to be asked for, and its name may be used again. */
export const stacks = (call: Pick<Call, "table">): Table<Row> => call.table<Row>("cloudformation.stack");

export const moveOf = ({ stack }: Row) => `cloudformation.stack/${stack.StackId}`;

/** All stacks as they are by now. */
export function stacksNow(call: Call): Table<Row> {
  for (const row of stacks(call).all()) arrive(call, moveOf(row), row.stack);
  return stacks(call);
}

export const live = ({ stack }: Row) => stack.StackStatus !== "DELETE_COMPLETE";

/** A stack by name (a live one) or id. */
export function named(call: Call, name: string | undefined): Row {
  const row =
    stacksNow(call).get(name ?? "") ??
    stacks(call)
      .all()
      .find((each) => each.stack.StackName === name && live(each));
  if (!row) throw new AwsFault("ValidationError", `Stack with id ${name} does not exist`);
  return row;
}

/** A part of a stack as worlds are seeded with it. */
export interface StackPart {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

export interface StackSeed {
  readonly name: string;
  readonly parts: readonly StackPart[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  /** The id of the stack that this one is nested in. */
  readonly parent?: string;
}

/** Puts a finished stack with these parts into the world; the parts themselves are made elsewhere. Returns its id. */
export function seedStack(call: Pick<Call, "table" | "now" | "uuid" | "arn">, seed: StackSeed): string {
  const StackId = call.arn("cloudformation", `stack/${seed.name}/${call.uuid()}`);
  const now = call.now();
  const pairs = Object.entries;
  stacks(call).put(StackId, {
    stack: {
      StackId,
      StackName: seed.name,
      CreationTime: now,
      StackStatus: "CREATE_COMPLETE",
      DisableRollback: false,
      NotificationARNs: [],
      RollbackConfiguration: {},
      DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
      EnableTerminationProtection: false,
      Tags: tagList(seed.tags ?? {}),
      ...(seed.parameters ? { Parameters: parametersOf(pairs(seed.parameters)) } : {}),
      ...(seed.outputs
        ? { Outputs: pairs(seed.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }
        : {}),
      ...(seed.parent ? { ParentId: seed.parent, RootId: seed.parent } : {}),
    },
    resources: seed.parts.map((part) => ({
      LogicalResourceId: part.logicalId,
      PhysicalResourceId: part.physicalId,
      ResourceType: part.type,
      ResourceStatus: "CREATE_COMPLETE",
      LastUpdatedTimestamp: now,
      DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
    })),
    template: "{}",
  });
  return StackId;
}

const parametersOf = (values: readonly (readonly [string, string])[]): Stored<Parameter>[] =>
  values.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

export interface Template {
  readonly Description?: string;
  readonly Resources?: Readonly<
    Record<string, { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value?: unknown; readonly Export?: { readonly Name?: string } }>
  >;
}

export function parse(body: string | undefined): Template {
  try {
    return JSON.parse(body ?? "{}") as Template;
  } catch {
    throw new AwsFault("ValidationError", "Template format error: the twin reads JSON templates only.");
  }
}

/** Parts of a template, with names as CloudFormation makes them; nothing is made yet but their rows. */
export function partsOf(template: Template, stack: string, call: Call): StackPart[] {
  return Object.entries(template.Resources ?? {}).map(([logicalId, { Type = "" }]) => {
    const nested = Type === "AWS::CloudFormation::Stack";
    const name = `${stack}-${logicalId}-${call.id("", 12).toUpperCase()}`;
    const physicalId = nested ? call.arn("cloudformation", `stack/${name}/${call.uuid()}`) : name;
    return { logicalId, type: Type, physicalId };
  });
}

export function outputsOf(template: Template): Stored<Output>[] {
  return Object.entries(template.Outputs ?? {}).map(([OutputKey, { Value, Export }]) => ({
    OutputKey,
    OutputValue: String(Value),
    ...(Export?.Name ? { ExportName: Export.Name } : {}),
  }));
}

const MEMBERS = ["Parameters", "Capabilities", "RoleARN", "NotificationARNs", "Tags", "RollbackConfiguration"] as const;
export type Members = Partial<Pick<Stored<Stack>, (typeof MEMBERS)[number]>>;

export function membersOf(input: Members): Members {
  return Object.fromEntries(MEMBERS.filter((name) => input[name]).map((name) => [name, input[name]]));
}
