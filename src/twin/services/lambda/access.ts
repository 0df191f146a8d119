import { AwsFault, type Call, type Operations } from "../../service.ts";
import { functionNamed, invalid, notFound, type PolicyStatement } from "./function.ts";
import { leaveUnreserved, provisionedOf } from "./limits.ts";
import { mappings } from "./mappings.ts";

type Lambda = typeof import("@aws-sdk/client-lambda");

/** Services are named by a host name, accounts by their number or an ARN. */
function principalOf(text: string, call: Call): PolicyStatement["Principal"] {
  if (text === "*") return "*";
  if (/^\d{12}$/.test(text)) return { AWS: `arn:${call.partition}:iam::${text}:root` };
  return text.startsWith("arn:") ? { AWS: text } : { Service: text };
}

function tagsAt(call: Call, arn: string | undefined): Record<string, string> {
  const text = arn ?? "";
  if (!text.includes(":event-source-mapping:")) return functionNamed(call, text).tags;
  const mapping = mappings(call).get(text.slice(text.lastIndexOf(":") + 1));
  if (!mapping) throw notFound("The resource you requested does not exist.");
  return mapping.tags;
}

/** Who may call a function, how often at once, and tags. */
export const accessOperations = {
  AddPermission(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const Sid = input.StatementId ?? "";
    if (row.statements.some((each) => each.Sid === Sid))
      throw new AwsFault(
        "ResourceConflictException",
        `The statement id (${Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        409,
      );
    const Condition = {
      ...(input.SourceAccount ? { StringEquals: { "AWS:SourceAccount": input.SourceAccount } } : {}),
      ...(input.SourceArn ? { ArnLike: { "AWS:SourceArn": input.SourceArn } } : {}),
    };
    const statement: PolicyStatement = {
      Sid,
      Effect: "Allow",
      Principal: principalOf(input.Principal ?? "", call),
      Action: input.Action ?? "",
      Resource: row.configuration.FunctionArn ?? "",
      ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
    };
    row.statements.push(statement);
    row.configuration.RevisionId = call.uuid();
    return { Statement: JSON.stringify(statement) };
  },
  RemovePermission(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const left = row.statements.filter((each) => each.Sid !== input.StatementId);
    if (left.length === row.statements.length) throw notFound("No policy is associated with the given resource.");
    row.statements = left;
    row.configuration.RevisionId = call.uuid();
  },
  GetPolicy(input, call) {
    const row = functionNamed(call, input.FunctionName);
    if (row.statements.length === 0) throw notFound("The resource you requested does not exist.");
    const policy = { Version: "2012-10-17", Id: "default", Statement: row.statements };
    return { Policy: JSON.stringify(policy), RevisionId: row.configuration.RevisionId };
  },

  GetFunctionConcurrency(input, call) {
    const { reserved } = functionNamed(call, input.FunctionName);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  },
  PutFunctionConcurrency(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const wanted = input.ReservedConcurrentExecutions ?? 0;
    const provisioned = provisionedOf(row);
    if (wanted < provisioned)
      throw invalid(
        `ReservedConcurrentExecutions ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
      );
    if (wanted > 0) leaveUnreserved(call, row, wanted, "ReservedConcurrentExecutions");
    row.reserved = wanted;
    return { ReservedConcurrentExecutions: wanted };
  },
  DeleteFunctionConcurrency(input, call) {
    functionNamed(call, input.FunctionName).reserved = undefined;
  },

  ListTags(input, call) {
    return { Tags: tagsAt(call, input.Resource) };
  },
  TagResource(input, call) {
    Object.assign(tagsAt(call, input.Resource), input.Tags);
  },
  UntagResource(input, call) {
    const tags = tagsAt(call, input.Resource);
    for (const key of input.TagKeys ?? []) delete tags[key];
  },
} satisfies Operations<Lambda>;
