import { expect, it } from "vitest";
import { FACTS } from "../catalog/registry.ts";
import { FUNCTIONS, type FunctionName } from "../lambda/functions.ts";
import type { PolicyStatement } from "../verbs/iam/policy.ts";
import { functionPolicy, operatorPolicy } from "./iam.ts";

const LISTENER = "arn:{partition}:elasticloadbalancing:{region}:{account}:listener/{listener}";
const SHED = { listener: LISTENER, table: "{table}", queue: "{queue}", topic: "{topic}" };
const NAMES = Object.keys(FUNCTIONS) as FunctionName[];

const actionsOf = (statements: readonly PolicyStatement[]) => statements.flatMap(({ Action }) => Action);
const holding = (statements: readonly PolicyStatement[], action: string) =>
  statements.filter(({ Action }) => Action.includes(action));
const changes = (statements: readonly PolicyStatement[]) =>
  actionsOf(statements).filter((action) => !/:(Get|List|Describe|BatchGet)/.test(action));

it.each(NAMES)("gives %s named actions only, and each statement an id of its own", (name) => {
  const statements = functionPolicy(name, { ...SHED, bucket: "{bucket}", prefix: "team" });

  expect(actionsOf(statements).filter((action) => action.includes("*"))).toEqual([]);
  expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
});

it("lets the reaper delete key pairs and profiles by the names of builds alone", () => {
  const statements = functionPolicy("reaper", { regions: ["eu-west-1"], keyPattern: "ci*_" });

  expect(holding(statements, "ec2:DeleteKeyPair").map(({ Resource }) => Resource)).toEqual([
    [
      "arn:{partition}:ec2:eu-west-1:{account}:key-pair/ci${*}_*",
      "arn:{partition}:ec2:eu-west-1:{account}:key-pair/packer *",
    ],
  ]);
  expect(holding(statements, "iam:DeleteInstanceProfile").map(({ Resource }) => Resource)).toEqual([
    [
      "arn:{partition}:iam::{account}:instance-profile/packer-*",
      "arn:{partition}:iam::{account}:instance-profile/packer_*",
    ],
  ]);
});

it("lets the reaper switch no protection off, delete no record, and tag only where runs are confirmed", () => {
  const once = actionsOf(functionPolicy("reaper", { bucket: "{bucket}" }));
  const twice = functionPolicy("reaper", { confirmRuns: true });

  for (const action of ["ec2:ModifyInstanceAttribute", "ec2:DeleteTags", "iam:TagRole", "s3:DeleteObject"])
    expect(once).not.toContain(action);
  for (const { Condition } of [...holding(twice, "ec2:DeleteTags"), ...holding(twice, "iam:TagRole")])
    expect(Condition).toEqual({ "ForAllValues:StringLike": { "aws:TagKeys": ["evenkeel:*"] } });
  expect(holding(twice, "ec2:CreateTags").map(({ Condition }) => Object.keys(Condition ?? {}))).toEqual(
    expect.arrayContaining([["StringEquals"], ["ForAllValues:StringLike"]]),
  );
});

it("gives policies of one's own what they do beside removing, and any name", () => {
  const types = ["AWS::EC2::Instance", "AWS::EC2::KeyPair"] as const;
  const removing = functionPolicy("reaper", { types });
  const pausing = functionPolicy("reaper", { types, also: ["pause"] });

  expect(holding(removing, "ec2:DeleteKeyPair").map(({ Resource }) => Resource)).toEqual([
    "arn:{partition}:ec2:*:{account}:key-pair/*",
  ]);
  expect(actionsOf(removing)).not.toContain("ec2:StopInstances");
  expect(actionsOf(pausing)).toContain("ec2:StopInstances");
});

it("parts stopping from starting, and both from removing", () => {
  const [pause, resume, stay, snapshot] = (["pause", "resume", "stay-stopped", "snapshot"] as const).map((name) =>
    changes(functionPolicy(name, {})),
  );

  expect(pause).toContain("ec2:StopInstances");
  expect(pause).not.toContain("ec2:StartInstances");
  expect(resume).toContain("ec2:StartInstances");
  expect(resume).not.toContain("ec2:StopInstances");
  expect(stay).toEqual(["rds:StopDBCluster", "rds:StopDBInstance"]);
  expect(snapshot).toEqual([]);
});

it("lets a role be handed to the services that ask for it, and a key's grant be given to AWS alone", () => {
  const resume = functionPolicy("resume", {});

  expect(holding(resume, "iam:PassRole").map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { "iam:PassedToService": ["scheduler.amazonaws.com"] } },
  ]);
  expect(holding(resume, "kms:CreateGrant").map(({ Condition }) => Condition?.Bool)).toEqual([
    { "kms:GrantIsForAWSResource": "true" },
  ]);
});

it("lets the functions that shed write one listener and its rules", () => {
  const statements = functionPolicy("shed-step", SHED);
  const of = (action: string) => holding(statements, action).map(({ Resource }) => Resource);

  expect(of("elasticloadbalancing:ModifyListener")).toEqual([LISTENER]);
  expect(of("elasticloadbalancing:ModifyRule")).toEqual([
    "arn:{partition}:elasticloadbalancing:{region}:{account}:listener-rule/{listener}/*",
  ]);
  expect(of("cloudwatch:DescribeAlarms")).toEqual(["*"]);
  expect(of("sns:Publish")).toEqual(["{topic}"]);
  expect(() => functionPolicy("shed-step", { listener: "{listener}" })).toThrow("not a listener's ARN");
});

it("changes nothing outside of the regions, and looks everywhere", () => {
  const types = ["AWS::EC2::Instance", "AWS::Kinesis::Stream", "AWS::Lambda::Function"] as const;
  const one = functionPolicy("pause", { types, regions: ["{region}"] });
  const two = functionPolicy("pause", { types, regions: ["eu-west-1", "eu-west-2"] });
  const inTwo = { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } };

  expect(holding(one, "ec2:StopInstances")).toMatchObject([
    { Resource: "arn:{partition}:ec2:{region}:{account}:instance/*" },
  ]);
  expect(holding(one, "kinesis:UpdateShardCount")).toMatchObject([
    { Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": ["{region}"] } } },
  ]);
  expect(holding(two, "ec2:StopInstances")).toMatchObject([
    { Resource: "arn:{partition}:ec2:*:{account}:instance/*", Condition: inTwo },
  ]);
  expect(holding(two, "lambda:GetPolicy")).toMatchObject([
    { Resource: "arn:{partition}:lambda:*:{account}:function:*" },
  ]);
  expect(holding(two, "lambda:GetPolicy")[0]?.Condition).toBeUndefined();
});

it("gives an operator what the verbs need, whatever the types", () => {
  const types = FACTS.map(({ type }) => type);

  expect(changes(operatorPolicy(["snapshot", "status"], types))).toEqual([]);
  expect(actionsOf(operatorPolicy(["pause"], types))).toEqual(
    expect.arrayContaining(["ec2:StartInstances", "ec2:StopInstances"]),
  );
});

it("gives the webhook's address to who has to call it", () => {
  const statements = functionPolicy("snapshot", { secret: "{secret}" });

  expect(holding(statements, "secretsmanager:GetSecretValue").map(({ Resource }) => Resource)).toEqual(["{secret}"]);
});

it("lets it be decrypted with a customer's key, through the service that keeps it alone", () => {
  const statements = functionPolicy("shed-step", { ...SHED, parameter: "{parameter}", webhookKey: "{key}" });

  expect(holding(statements, "ssm:GetParameter").map(({ Resource }) => Resource)).toEqual(["{parameter}"]);
  expect(holding(statements, "kms:Decrypt")).toMatchObject([
    { Resource: "{key}", Condition: { StringLike: { "kms:ViaService": "ssm.*.amazonaws.com*" } } },
  ]);
});
