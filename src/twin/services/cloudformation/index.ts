import { AwsFault, page, service } from "../../service.ts";
import { importersOf, startDeletion } from "./deletion.ts";
import { makeParts } from "./provision.ts";
import { live, type Members, membersOf, named, outputsOf, parse, partsOf, seedStack, stacksNow } from "./stacks.ts";

/** CloudFormation lists a hundred a page and lets nobody ask for less. */
const PAGE = { max: 100 } as const;

export const cloudformation = service(
  { namespace: "com.amazonaws.cloudformation", signingName: "cloudformation" },
  () => import("@aws-sdk/client-cloudformation"),
  {
    CreateStack(input, call) {
      const name = input.StackName ?? "";
      const taken = stacksNow(call)
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
      makeParts(call, row, template);
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
      const all = input.StackName ? [named(call, input.StackName)] : stacksNow(call).all().filter(live);
      const { items, next } = page(all, { token: input.NextToken }, PAGE);
      return { Stacks: items.map(({ stack }) => stack), NextToken: next };
    },
    ListStacks(input, call) {
      const wanted: readonly string[] = input.StackStatusFilter ?? [];
      const found = stacksNow(call)
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
      const row = stacksNow(call)
        .all()
        .find((each) => live(each) && [each.stack.StackName, each.stack.StackId].includes(input.StackName));
      if (!row) return;
      if (row.stack.EnableTerminationProtection)
        throw new AwsFault(
          "ValidationError",
          `Stack [${row.stack.StackName}] cannot be deleted while TerminationProtection is enabled`,
        );
      if (/^(UPDATE|IMPORT|ROLLBACK)_.*IN_PROGRESS$/.test(row.stack.StackStatus ?? ""))
        throw new AwsFault(
          "ValidationError",
          `Stack [${row.stack.StackName}] cannot be deleted while in status ${row.stack.StackStatus}`,
        );
      startDeletion(call, row);
    },
    ListImports(input, call) {
      const importers = importersOf(call, input.ExportName);
      if (importers.length === 0)
        throw new AwsFault("ValidationError", `Export '${input.ExportName}' is not imported by any stack.`);
      const { items, next } = page(importers, { token: input.NextToken }, PAGE);
      return { Imports: items, NextToken: next };
    },
  },
);
