import { expect, it } from "vitest";
import { FACTS } from "../../catalog/registry.ts";
import { factsFor } from "../types/types.ts";
import { neededActions } from "./needs.ts";
import { leastPolicy, withinLimit } from "./policy.ts";

const queues = factsFor(["sqs:queue"]);

it("has what the verb and the chosen types need, sorted, and nothing else", () => {
  expect(neededActions(["snapshot"], queues)).toEqual([
    "ec2:DescribeRegions",
    "iam:ListAccountAliases",
    ...["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues"],
    "sts:GetCallerIdentity",
    "tag:GetResources",
  ]);
});

it("asks for CloudTrail only where somebody may ask who", () => {
  expect(neededActions(["delta"], queues)).toContain("cloudtrail:LookupEvents");
  expect(neededActions(["snapshot"], queues)).not.toContain("cloudtrail:LookupEvents");
});

it("leaves the types out where the verb reads none", () => {
  expect(neededActions(["types"], FACTS)).toEqual(["sts:GetCallerIdentity"]);
  expect(neededActions(["whoami"], FACTS)).toHaveLength(3);
});

it("has one statement a service, with the name of the service as its id", () => {
  const { Statement } = leastPolicy(neededActions(["snapshot"], FACTS), FACTS);
  const services = Statement.map(({ Action }) => new Set(Action.map((action) => action.split(":")[0])));

  expect(services.every((service) => service.size === 1)).toBe(true);
  expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  expect(Statement.every(({ Sid }) => /^[A-Za-z0-9]+$/.test(Sid))).toBe(true);
});

it("never allows more than reading", () => {
  const actions = neededActions(["snapshot", "delta", "doctor", "types", "whoami"], FACTS);

  expect(actions.filter((action) => !/:(Get|List|Describe|Lookup|Search|BatchGet)/.test(action))).toEqual([]);
});

it("allows to resume whatever it allows to pause, apart from what only reads", () => {
  const types = factsFor(["ec2:instance"]);
  const pause = neededActions(["pause"], types);
  const { Statement } = leastPolicy(pause, types);

  expect(neededActions(["resume"], types).filter((action) => !pause.includes(action))).toEqual([]);
  expect(Statement.find(({ Sid }) => Sid === "ChangeEc2")?.Action).toEqual(["ec2:StartInstances", "ec2:StopInstances"]);
});

it("hands roles to no service but those whose types ask for it", () => {
  const types = factsFor(["scheduler:schedule", "ec2:instance"]);
  const { Statement } = leastPolicy(neededActions(["pause"], types), types);

  expect(Statement.find(({ Action }) => Action.includes("iam:PassRole"))).toMatchObject({
    Action: ["iam:PassRole"],
    Condition: { StringEquals: { "iam:PassedToService": ["scheduler.amazonaws.com"] } },
  });
});

it("lets a store in a bucket be used, and only its own folder", () => {
  const { Statement } = leastPolicy([], [], { store: { partition: "aws-cn", name: "mine", prefix: "team/a" } });

  expect(Statement.map(({ Resource }) => Resource)).toEqual(["arn:aws-cn:s3:::mine", "arn:aws-cn:s3:::mine/team/a/*"]);
});

it("lets copies of records be written and read, and never deleted", () => {
  const { Statement } = leastPolicy([], [], { backup: { partition: "aws", name: "copies", prefix: "" } });

  expect(Statement).toEqual([
    { Sid: "BackupList", Effect: "Allow", Action: ["s3:ListBucket"], Resource: "arn:aws:s3:::copies" },
    {
      Sid: "BackupObjects",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::copies/*",
    },
  ]);
});

it("comes in several documents where AWS's size limit asks for it, without losing an action", () => {
  const actions = Array.from(
    { length: 400 },
    (_, index) => `service${index % 7}:DescribeSomethingNumber${index}`,
  ).sort();

  const documents = withinLimit(leastPolicy(actions, []));

  expect(documents.length).toBeGreaterThan(1);
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
  expect(documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)).sort()).toEqual(actions);
});

it("halves a statement that alone is too large", () => {
  const actions = Array.from({ length: 300 }, (_, index) => `ec2:DescribeSomethingWithALongName${index}`).sort();

  const documents = withinLimit(leastPolicy(actions, []));

  expect(new Set(documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid))).size).toBeGreaterThan(1);
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
});

it("lets a status read states, money and metrics, and change nothing", () => {
  const actions = neededActions(["status"], factsFor(["ec2:instance"]));

  expect(actions).toEqual(
    expect.arrayContaining(["cloudwatch:GetMetricData", "ec2:DescribeVolumes", "pricing:GetProducts"]),
  );
  expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
});

it("lets findings read what their rules look at, metrics where a rule asks for them, and change nothing", () => {
  const all = neededActions(["findings"], FACTS);

  expect(all).toEqual(
    expect.arrayContaining([
      ...["cloudwatch:GetMetricData", "elasticloadbalancing:DescribeTargetHealth", "pricing:GetProducts"],
      ...["ec2:DescribeLaunchTemplateVersions", "logs:DescribeLogGroups", "secretsmanager:DescribeSecret"],
    ]),
  );
  expect(all.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
  expect(all).not.toContain("iam:GetAccountAuthorizationDetails");
  expect(neededActions(["findings"], factsFor(["ec2:eip"]))).not.toContain("cloudwatch:GetMetricData");
});

it.each(["restore", "reap"] as const)(
  "lets a %s do what removing takes, see what is around, and nothing else",
  (verb) => {
    const types = factsFor(["ec2:security-group"]);
    const actions = neededActions([verb], types);
    const changes = actions.filter((action) => !/:(Get|List|Describe|BatchGet)/.test(action));

    expect(changes).toEqual([
      "ec2:DeleteSecurityGroup",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
    ]);
    expect(actions).toEqual(
      expect.arrayContaining([
        ...["ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "cloudformation:DescribeStacks"],
        // Whether an account is protected, and on which role Evenkeel itself stands.
        ...["iam:ListAccountAliases", "iam:ListRoles", "iam:ListInstanceProfiles"],
      ]),
    );
  },
);

it("lets a removal make its backups", () => {
  const { removal } = factsFor(["dynamodb:table"])[0] ?? {};

  expect(neededActions(["restore"], factsFor(["dynamodb:table"]))).toEqual(
    expect.arrayContaining([...(removal?.iam.backup ?? []), ...(removal?.iam.remove ?? [])]),
  );
});

it("lets a removal's whole plan be carried out, whatever the type", () => {
  for (const facts of FACTS) {
    const { removal } = facts;
    const prepared = Object.values(removal?.preparations ?? {}).flatMap(({ iam }) => iam);
    const used = [...(removal?.iam.inspect ?? []), ...(removal?.iam.backup ?? []), ...(removal?.iam.remove ?? [])];
    expect(neededActions(["reap"], [facts])).toEqual(expect.arrayContaining([...used, ...prepared]));
  }
});

it("lets an undo take back all that a quarantine does, and remove nothing", () => {
  const types = factsFor(["ec2:instance", "iam:role"]);
  const undo = neededActions(["undo"], types);

  expect(undo).toEqual(
    expect.arrayContaining(["ec2:DeleteTags", "ec2:StartInstances", "iam:DeleteRolePolicy", "iam:UntagRole"]),
  );
  expect(undo.filter((action) => /Terminate|DeleteRole$/.test(action))).toEqual([]);
  const quarantine = neededActions(["quarantine"], types);
  expect(quarantine).toEqual(
    expect.arrayContaining(["ec2:CreateTags", "ec2:StopInstances", "iam:PutRolePolicy", "iam:TagRole", ...undo]),
  );
});

it("lets a reap that asks for two runs set and take away its marks, and no other reap", () => {
  const types = factsFor(["ec2:instance", "iam:role", "iam:group"]);
  const once = neededActions(["reap"], types);
  const twice = neededActions(["reap"], types, { marks: true });

  expect(twice.filter((action) => !once.includes(action))).toEqual([
    ...["ec2:CreateTags", "ec2:DeleteTags"],
    ...["iam:TagRole", "iam:UntagRole"],
  ]);
  expect(neededActions(["restore", "snapshot"], types, { marks: true })).toEqual(
    neededActions(["restore", "snapshot"], types),
  );
});

it("gives nobody who only reads, pauses or resumes a right to remove", () => {
  const all = ["snapshot", "delta", "doctor", "whoami", "types", "status", "pause", "resume"] as const;
  const removals = FACTS.flatMap(({ removal }) => removal?.iam.remove ?? []).filter(
    (each) => !/:(Get|List|Describe)/.test(each),
  );
  const held = neededActions(all, FACTS).filter((action) => removals.includes(action));
  const paused = FACTS.flatMap(({ pause }) => [...(pause?.iam.pause ?? []), ...(pause?.iam.resume ?? [])]);

  expect(held.filter((action) => !paused.includes(action))).toEqual([]);
});

it("lets a shed read one listener's load and set weights, and touch nothing else", () => {
  const actions = neededActions(["shed"], FACTS);

  expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyRule",
  ]);
  expect(actions).toEqual(
    expect.arrayContaining([
      ...["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "elasticloadbalancing:DescribeRules"],
      ...["elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetHealth"],
    ]),
  );
});
