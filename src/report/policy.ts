import { renderJson } from "./json.ts";

/* IAM policies in the forms that people deploy them with. */

export type PolicyFormat = "json" | "cloudformation" | "terraform";

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly object[];
}

/**
 * @param documents more than one where the policy is larger than AWS takes; JSON holds them all in one, for reading
 * @param says what the policy is for
 */
export async function renderPolicy(documents: readonly Policy[], format: PolicyFormat, says: string): Promise<string> {
  switch (format) {
    case "json":
      return renderJson({ Version: documents[0]?.Version, Statement: documents.flatMap(({ Statement }) => Statement) });
    case "cloudformation":
      return (await import("./yaml.ts")).renderYaml(cloudFormation(documents, says));
    case "terraform":
      return documents.map((document, index) => terraform(document, index, says)).join("\n");
  }
}

function cloudFormation(documents: readonly Policy[], says: string): object {
  const policies = managedPolicies(documents, "EvenkeelRead", says);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: says,
    Resources: policies,
    // Ref of a managed policy is its ARN.
    Outputs: Object.fromEntries(Object.keys(policies).map((name) => [`${name}Arn`, { Value: { Ref: name } }])),
  };
}

/** A resource of a template for each document, by its logical name. */
export function managedPolicies(
  documents: readonly Policy[],
  name: string,
  says: string,
): Record<string, { readonly Type: "AWS::IAM::ManagedPolicy"; readonly Properties: object }> {
  return Object.fromEntries(
    documents.map((PolicyDocument, index) => [
      `${name}${suffix(index)}`,
      { Type: "AWS::IAM::ManagedPolicy", Properties: { Description: says, PolicyDocument } },
    ]),
  );
}

function terraform(document: Policy, index: number, says: string): string {
  return [
    `resource "aws_iam_policy" "evenkeel_read${suffix(index)}" {`,
    `  name        = ${hclText(`evenkeel-read${suffix(index)}`)}`,
    `  description = ${hclText(says)}`,
    "",
    `  policy = jsonencode(${hcl(document, "  ")})`,
    "}",
    "",
  ].join("\n");
}

/** The first has no number. */
function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

function hcl(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((each) => `${inner}${hcl(each, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    return `{\n${members.map(([key, each], at) => `${inner}${key.padEnd(widthAt(members, at))} = ${hcl(each, inner)}\n`).join("")}${indent}}`;
  }
  return typeof value === "string" ? hclText(value) : String(value);
}

/** As `terraform fmt` has it: neighbours that stand on one line each are aligned. */
function widthAt(members: readonly (readonly [string, unknown])[], at: number): number {
  const isLong = (index: number) => typeof members[index]?.[1] === "object";
  if (isLong(at)) return 0;
  let first = at;
  while (first > 0 && !isLong(first - 1)) first -= 1;
  let last = at;
  while (last < members.length - 1 && !isLong(last + 1)) last += 1;
  return Math.max(...members.slice(first, last + 1).map(([key]) => key.length));
}

/** A quoted HCL text: its templates must not be filled in. */
function hclText(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
