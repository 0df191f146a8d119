import { Aws, CfnCondition, CfnOutput, CfnParameter, type CfnParameterProps, Fn, type Stack } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Parameter } from "../../verbs/shed/parameters.ts";
import { formOf } from "../../verbs/shed/settings.ts";
import { storeBucket } from "../bucket.ts";
import type { CommonProps, StoreProps } from "../ground.ts";
import { camel, type PropsOf, pascal, type Settings } from "../settings.ts";
import { encryptedTopic } from "../topic.ts";
import { isGiven, onlyWhere } from "./plain.ts";

/** A parameter for each setting, with its range, as the props of the construct. */
export function settingsOf<Table extends Settings>(stack: Stack, table: Table): PropsOf<Table> {
  const props = Object.entries(table).map(([name, fact]) => [camel(name), tokenOf(stack, pascal(name), fact)]);
  return Object.fromEntries(props) as PropsOf<Table>;
}

function tokenOf(stack: Stack, id: string, fact: Parameter): unknown {
  const parameter = new CfnParameter(stack, id, parameterOf(fact));
  const { usual } = { usual: undefined, ...fact };
  if (fact.isRequired || usual !== undefined) {
    if (fact.kind === "number") return parameter.valueAsNumber;
    return fact.kind === "list" ? [parameter.valueAsString] : parameter.valueAsString;
  }
  // Where nobody gives it the function is not told of it either.
  const condition = isGiven(stack, `Has${id}`, parameter.valueAsString);
  const value = Fn.conditionIf(condition.logicalId, parameter.valueAsString, Aws.NO_VALUE).toString();
  return fact.kind === "list" ? [value] : value;
}

function parameterOf(fact: Parameter): CfnParameterProps {
  const { usual, otherwise, isRequired } = { usual: undefined, ...fact };
  const default_ = usual ?? (isRequired ? undefined : "");
  const description = `${fact.brief}: ${formOf(fact)}${default_ === "" ? `; empty: ${otherwise ?? "none"}` : ""}`;
  const common = { description, ...(default_ === undefined ? {} : { default: default_ }) };
  const orEmpty = (pattern: string) => (default_ === "" ? `^$|${pattern}` : pattern);
  switch (fact.kind) {
    case "number":
      if (default_ !== "") return { ...common, type: "Number", minValue: fact.least, maxValue: fact.most };
      // A number can't be empty; the function looks at the range.
      return { ...common, type: "String", allowedPattern: orEmpty(`^[0-9]{1,${String(fact.most).length}}$`) };
    case "choice":
      return { ...common, type: "String", allowedValues: [...fact.values] };
    case "text":
      return { ...common, type: "String", ...(fact.pattern ? { allowedPattern: orEmpty(fact.pattern.source) } : {}) };
    case "list": {
      const item = fact.pattern?.source.replace(/^\^|\$$/g, "") ?? ".+";
      return { ...common, type: "String", allowedPattern: orEmpty(`^${item}(,${item})*$`) };
    }
  }
}

/** Where the code is, where people are told, and how long logs are kept. */
export function commonOf(stack: Stack): CommonProps {
  const bucket = text(
    stack,
    "CodeBucket",
    "the bucket, in the stack's own region, that holds the functions' zip files",
    {
      minLength: 3,
    },
  );
  const prefix = text(stack, "CodePrefix", "what the keys of the zip files begin with: PREFIXreaper.zip", {
    default: "evenkeel/",
  });
  const days = new CfnParameter(stack, "LogRetentionDays", {
    type: "Number",
    description: "how long logs are kept, days",
    default: "30",
    allowedValues: ["1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "731", "1827", "3653"],
  });
  const code = Bucket.fromBucketName(stack, "Code", bucket);
  return {
    code: (name) => Code.fromBucketV2(code, Fn.join("", [prefix, `${name}.zip`])),
    topic: Topic.fromTopicArn(stack, "Told", topicArn(stack)),
    logRetention: days.valueAsNumber,
  };
}

function topicArn(stack: Stack): string {
  const given = text(stack, "TopicArn", "the SNS topic where people are told; empty: the stack makes one", {
    default: "",
    allowedPattern: "^$|^arn:[^:]+:sns:[^:]+:[0-9]{12}:[A-Za-z0-9_-]+$",
  });
  return givenOrMade(stack, "Topic", given, (scope) => encryptedTopic(scope, "Topic", "cloudwatch").topicArn);
}

/** A bucket that is there, or one that the stack makes; and the folder in it. */
export function storeOf(stack: Stack, isRequired = false): Required<StoreProps> {
  const given = text(
    stack,
    "StoreBucket",
    `the bucket of snapshots, records and runs${isRequired ? "; that of the pauses" : "; empty: the stack makes one"}`,
    isRequired ? { minLength: 3 } : { default: "" },
  );
  const prefix = text(stack, "StorePrefix", "the folder in the bucket", {
    default: "evenkeel",
    allowedPattern: "^[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_]$",
  });
  const bucketName = isRequired
    ? given
    : givenOrMade(stack, "Store", given, (scope) => storeBucket(scope, "Bucket").bucketName);
  return { bucket: Bucket.fromBucketName(stack, "Kept", bucketName), prefix };
}

/** What is given, or what `make` makes, which is only there where nothing is given. */
export function givenOrMade(stack: Stack, id: string, given: string, make: (scope: Construct) => string): string {
  const isAbsent = new CfnCondition(stack, `Makes${id}`, { expression: Fn.conditionEquals(given, "") });
  const own = new Construct(stack, `Own${id}`);
  const made = make(own);
  onlyWhere(isAbsent, own);
  const value = Fn.conditionIf(isAbsent.logicalId, made, given).toString();
  new CfnOutput(stack, `${id}Used`, { description: "given, or made by the stack", value });
  return value;
}

export function text(stack: Stack, id: string, description: string, more: CfnParameterProps = {}): string {
  return new CfnParameter(stack, id, { type: "String", description, ...more }).valueAsString;
}

/** @param range its usual, least and greatest value */
export function number(
  stack: Stack,
  id: string,
  description: string,
  [usual, minValue, maxValue]: readonly [number, number, number],
): number {
  const props = { type: "Number", description, default: usual, minValue, maxValue };
  return new CfnParameter(stack, id, props).valueAsNumber;
}
