import type { Output, Parameter, Stack, StackResourceSummary } from "@aws-sdk/client-cloudformation";
import { AwsFault, type Call, page, service, type Stored, type Table, tagList } from "../service.ts";

interface Row {
  readonly stack: Stored<Stack>;
  resources: Stored<StackResourceSummary>[];
  template: string;
}

/** By stack id: a deleted stack stays to be asked for, and its name may be used again. */
const stacks = (call: Pick<Call, "table">): Table<Row> => call.table<Row>("cloudformation.stack");

const live = ({ stack }: Row) => stack.StackStatus !== "DELETE_COMPLETE";

/** A stack by name (a live one) or id. */
function named(call: Call, name: string | undefined): Row {
  const row =
    stacks(call).get(name ?? "") ??
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
      ...(seed.outputs ? { Outputs: pairs(seed.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) } : {}),
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

interface Template {
  readonly Description?: string;
  readonly Resources?: Readonly<Record<string, { readonly Type?: string }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown; readonly Export?: { readonly Name?: string } }>>;
}

function parse(body: string | undefined): Template {
  try {
    return JSON.parse(body ?? "{}") as Template;
  } catch {
    throw new AwsFault("ValidationError", "Template format error: the twin reads JSON templates only.");
  }
}

/** Parts of a template, with names as CloudFormation makes them; nothing is made but their rows. */
function partsOf(template: Template, stack: string, call: Call): StackPart[] {
  return Object.entries(template.Resources ?? {}).map(([logicalId, { Type = "" }]) => {
    const nested = Type === "AWS::CloudFormation::Stack";
    const name = `${stack}-${logicalId}-${call.id("", 12).toUpperCase()}`;
    const physicalId = nested ? call.arn("cloudformation", `stack/${name}/${call.uuid()}`) : name;
    return { logicalId, type: Type, physicalId };
  });
}

function outputsOf(template: Template): Stored<Output>[] {
  return Object.entries(template.Outputs ?? {}).map(([OutputKey, { Value, Export }]) => ({
    OutputKey,
    OutputValue: String(Value),
    ...(Export?.Name ? { ExportName: Export.Name } : {}),
  }));
}

const MEMBERS = ["Parameters", "Capabilities", "RoleARN", "NotificationARNs", "Tags", "RollbackConfiguration"] as const;
type Members = Partial<Pick<Stored<Stack>, (typeof MEMBERS)[number]>>;

function membersOf(input: Members): Members {
  return Object.fromEntries(MEMBERS.filter((name) => input[name]).map((name) => [name, input[name]]));
}

/** CloudFormation lists a hundred a page and lets nobody ask for less. */
const PAGE = { max: 100 } as const;

export const cloudformation = service(
  { namespace: "com.amazonaws.cloudformation", signingName: "cloudformation" },
  () => import("@aws-sdk/client-cloudformation"),
  {
    CreateStack(input, call) {
      const name = input.StackName ?? "";
      const taken = stacks(call)
        .all()
        .some((row) => row.stack.StackName === name && live(row));
      if (taken) throw new AwsFault("AlreadyExistsException", `Stack [${name}] already exists`);
      const template = parse(input.TemplateBody);
      const StackId = seedStack(call, { name, parts: partsOf(template, name, call) });
      const row = named(call, StackId);
      row.template = input.TemplateBody ?? "{}";
      Object.assign(row.stack, membersOf(input as Members), {
        ...(template.Description ? { Description: template.Description } : {}),
        ...(template.Outputs ? { Outputs: outputsOf(template) } : {}),
        EnableTerminationProtection: input.EnableTerminationProtection ?? false,
        DisableRollback: input.DisableRollback ?? false,
      });
      return { StackId };
    },
    UpdateStack(input, call) {
      const row = named(call, input.StackName);
      Object.assign(row.stack, membersOf(input as Members));
      Object.assign(row.stack, { StackStatus: "UPDATE_COMPLETE", LastUpdatedTime: call.now() });
      if (input.TemplateBody) row.template = input.TemplateBody;
      return { StackId: row.stack.StackId };
    },
    UpdateTerminationProtection(input, call) {
      const { stack } = named(call, input.StackName);
      stack.EnableTerminationProtection = input.EnableTerminationProtection;
      return { StackId: stack.StackId };
    },
    DescribeStacks(input, call) {
      const all = input.StackName ? [named(call, input.StackName)] : stacks(call).all().filter(live);
      const { items, next } = page(all, { token: input.NextToken }, PAGE);
      return { Stacks: items.map(({ stack }) => stack), NextToken: next };
    },
    ListStacks(input, call) {
      const wanted: readonly string[] = input.StackStatusFilter ?? [];
      const found = stacks(call)
        .all()
        .filter(({ stack }) => wanted.length === 0 || wanted.includes(stack.StackStatus ?? ""));
      const { items, next } = page(found, { token: input.NextToken }, PAGE);
      const StackSummaries = items.map(({ stack }) => ({
        StackId: stack.StackId,
        StackName: stack.StackName,
        CreationTime: stack.CreationTime,
        DeletionTime: stack.DeletionTime,
        StackStatus: stack.StackStatus,
        ParentId: stack.ParentId,
        DriftInformation: stack.DriftInformation,
      }));
      return { StackSummaries, NextToken: next };
    },
    ListStackResources(input, call) {
      const { items, next } = page(named(call, input.StackName).resources, { token: input.NextToken }, PAGE);
      return { StackResourceSummaries: items, NextToken: next };
    },
    DescribeStackResources(input, call) {
      const { stack, resources } = named(call, input.StackName);
      const { StackId, StackName } = stack;
      return {
        StackResources: resources.map(({ LastUpdatedTimestamp, ...part }) => ({
          ...part,
          StackId,
          StackName,
          Timestamp: LastUpdatedTimestamp,
        })),
      };
    },
    GetTemplate(input, call) {
      return { TemplateBody: named(call, input.StackName).template, StagesAvailable: ["Original", "Processed"] };
    },
    /** Deleting what is not there succeeds. Source: CloudFormation API reference, DeleteStack. */
    DeleteStack(input, call) {
      const row = stacks(call)
        .all()
        .find((each) => live(each) && [each.stack.StackName, each.stack.StackId].includes(input.StackName));
      if (!row) return;
      if (row.stack.EnableTerminationProtection)
        throw new AwsFault("ValidationError", `Stack [${row.stack.StackName}] cannot be deleted while TerminationProtection is enabled`);
      Object.assign(row.stack, { StackStatus: "DELETE_COMPLETE", DeletionTime: call.now() });
    },
  },
);
