import {
  CfnCondition,
  type CfnElement,
  CfnResource,
  Fn,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  Validations,
} from "aws-cdk-lib";
import type { Construct, IConstruct } from "constructs";

/** A stack whose template a person can read, and deploy without CDK: names without numbers, no rules and no metadata of CDK's own. */
export class PlainStack extends Stack {
  constructor(scope: Construct, id: string, description: string) {
    super(scope, id, {
      description,
      analyticsReporting: false,
      // CDK declares its own class in a way that exact optional properties do not take.
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
    });
    for (const id of ["W1001", "W1030"])
      Validations.of(this).acknowledge({
        id: `CloudFormation-Validate::${id}`,
        reason:
          "What an empty parameter leaves out has the condition that it is not empty; the check does not follow conditions.",
      });
  }

  /** The path, without what CDK puts around a resource; two that come to the same make CDK fail. */
  protected override allocateLogicalId(element: CfnElement): string {
    const path = element.node.scopes.slice(2).map(({ node }) => node.id);
    return path
      .filter((id) => id !== "Resource" && id !== "Default")
      .join("")
      .replace(/[^A-Za-z0-9]/g, "")
      .replace(/[0-9A-F]{8}$/, "");
  }
}

/** Makes what is in the construct, or is its only resource, depend on a condition. */
export function onlyWhere(condition: CfnCondition, ...constructs: readonly IConstruct[]): void {
  for (const construct of constructs.flatMap(({ node }) => node.findAll()))
    if (CfnResource.isCfnResource(construct)) construct.cfnOptions.condition = condition;
}

/** A text parameter that may be left empty. */
export function isGiven(stack: Stack, id: string, value: string): CfnCondition {
  return new CfnCondition(stack, id, { expression: Fn.conditionNot(Fn.conditionEquals(value, "")) });
}

type JsonObject = { readonly [key: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

const ORDER = ["Description", "Parameters", "Conditions", "Resources", "Outputs"];

/** The template in the order in which it is read, with `Fn::Sub` where CDK writes long joins. */
export function readable(template: Readonly<Record<string, Json>>): Record<string, Json> {
  const { Resources, ...rest } = template;
  const whole: typeof template = { ...rest, Resources: mapValues(Resources as JsonObject, withoutKnownOrder) };
  const sections = ORDER.flatMap((name) => (whole[name] === undefined ? [] : [[name, substituted(whole[name])]]));
  return { AWSTemplateFormatVersion: "2010-09-09", ...Object.fromEntries(sections) };
}

function substituted(value: Json): Json {
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== "object" || value === null) return value;
  const join = (value as { readonly "Fn::Join"?: readonly [string, Json] })["Fn::Join"];
  if (join?.[0] === "" && Array.isArray(join[1])) return substitution(join[1] as readonly Json[]);
  return mapValues(value as JsonObject, substituted);
}

/** A join as `Fn::Sub` has it: what is neither a text nor a reference becomes a variable. */
function substitution(parts: readonly Json[]): Json {
  const variables: Record<string, Json> = {};
  const text = parts.map((part) => {
    if (typeof part === "string") return part.replaceAll("${", "${!");
    const { Ref: name, "Fn::GetAtt": attribute } = part as { Ref?: string; "Fn::GetAtt"?: readonly string[] };
    const known = name ?? attribute?.join(".");
    if (known !== undefined) return `\${${known}}`;
    const same = Object.keys(variables).find(
      (each) => JSON.stringify(variables[each]) === JSON.stringify(substituted(part)),
    );
    const variable = same ?? `Part${Object.keys(variables).length + 1}`;
    variables[variable] = substituted(part);
    return `\${${variable}}`;
  });
  return { "Fn::Sub": Object.keys(variables).length > 0 ? [text.join(""), variables] : text.join("") };
}

/** A policy's list of one as that one, which AWS takes for the same. */
export function withoutListsOfOne(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutListsOfOne);
  if (typeof value !== "object" || value === null) return value;
  const isStatement = "Effect" in value;
  return mapValues(value as JsonObject, (each) => {
    const [one, ...more] = isStatement && Array.isArray(each) ? (each as readonly Json[]) : [];
    return one !== undefined && more.length === 0 ? one : withoutListsOfOne(each);
  });
}

/** What a resource refers to is made before it anyway. */
function withoutKnownOrder(resource: Json): Json {
  const { DependsOn = [], ...rest } = resource as JsonObject;
  const text = JSON.stringify(rest);
  const unknown = [DependsOn]
    .flat()
    .filter((id) => !text.includes(`{"Ref":"${id}"}`) && !text.includes(`GetAtt":["${id}"`));
  return unknown.length > 0 ? { ...rest, DependsOn: unknown } : rest;
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
