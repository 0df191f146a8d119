import { describe, expect, it } from "vitest";
import type { Resource, ResourceType } from "../model/resource.ts";
import { builtInGuards } from "./built-in-guards.ts";
import type { OwnGround } from "./own-ground.ts";

const ME = "111122223333";
const STACK: ResourceType = "AWS::CloudFormation::Stack";
const ROLE: ResourceType = "AWS::IAM::Role";
const USER: ResourceType = "AWS::IAM::User";
const VPC: ResourceType = "AWS::EC2::VPC";

type Shape = Partial<Pick<Resource, "id" | "name" | "links" | "configuration">> & { readonly arn?: string };

function made(type: ResourceType, shape: Shape): Resource {
  const id = shape.id ?? "x";
  return {
    type,
    id,
    arn: `arn:aws:any:eu-west-1:${ME}:${id}`,
    account: ME,
    links: [],
    configuration: {},
    tags: {},
    ...shape,
  } as unknown as Resource;
}

const role = (path: string, ...trusted: string[]) =>
  made(ROLE, {
    id: path.slice(path.lastIndexOf("/") + 1),
    arn: `arn:aws:iam::${ME}:role/${path}`,
    configuration: { AssumeRolePolicyDocument: { Statement: trusted.map((AWS) => ({ Principal: { AWS } })) } },
  });
const user = (name: string) => made(USER, { id: name, arn: `arn:aws:iam::${ME}:user/${name}` });
const stack = (id: string, parent?: string) =>
  made(STACK, {
    id,
    arn: `arn:aws:cloudformation:eu-west-1:${ME}:stack/${id}/1`,
    links: parent ? [inStack(parent)] : [],
  });
const inStack = (id: string) => ({
  kind: "member-of" as const,
  type: STACK,
  to: `arn:aws:cloudformation:eu-west-1:${ME}:stack/${id}/1`,
});
const inVpc = (id: string, kind: "attached-to" | "member-of" = "attached-to") => ({ kind, type: VPC, to: id });
const withRole = (name: string) => ({ kind: "uses" as const, type: ROLE, to: name });

const nobody = { caller: `arn:aws:iam::${ME}:root`, stores: [], resources: [] };
const reasonOf = (resource: Resource, ground: Partial<OwnGround> = {}) =>
  builtInGuards({ ...nobody, ...ground })(resource);

describe("built-in guards", () => {
  it.each<[string, Resource, Resource]>([
    [
      "a service-linked role",
      role("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForX"),
      role("service-role/lambda-x"),
    ],
    [
      "a policy of AWS's own",
      made("AWS::IAM::ManagedPolicy", { arn: "arn:aws-cn:iam::aws:policy/ReadOnlyAccess" }),
      made("AWS::IAM::ManagedPolicy", { arn: `arn:aws:iam::${ME}:policy/aws-ReadOnlyAccess` }),
    ],
    [
      "Identity Center",
      role("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_1"),
      role("my/aws-reserved-x"),
    ],
    ["Identity Center", role("AWSReservedSSO_Admin_1"), role("MyAWSReservedSSO_Admin")],
    [
      "a copy that Evenkeel has made",
      made("AWS::EC2::Snapshot", { id: "snap-1", name: "evenkeel-vol-1-20260105090000" }),
      made("AWS::EC2::Snapshot", { id: "snap-1", name: "evenkeel-of-mine" }),
    ],
    ["landing zone", role("AWSControlTowerExecution"), role("ControlTowerExecution")],
    ["landing zone", role("aws-controltower-ConfigRecorderRole"), role("no-aws-controltower-role")],
    [
      "landing zone",
      made("AWS::SNS::Topic", { id: "aws-controltower-SecurityNotifications" }),
      made("AWS::SNS::Topic", { id: "SecurityNotifications" }),
    ],
    [
      "landing zone",
      made("AWS::Logs::LogGroup", { id: "aws-controltower/CloudTrailLogs" }),
      made("AWS::Logs::LogGroup", { id: "my/aws-controltower/CloudTrailLogs" }),
    ],
    [
      "landing zone",
      made("AWS::Logs::LogGroup", { id: "/aws/lambda/aws-controltower-NotificationForwarder" }),
      made("AWS::Logs::LogGroup", { id: "/aws/lambda/notify-aws-controltower-x" }),
    ],
    [
      "landing zone",
      made("AWS::Events::Rule", { id: "AWSControlTowerManagedRule" }),
      made("AWS::Events::Rule", { id: "ManagedRule" }),
    ],
    [
      "landing zone",
      made("AWS::S3::Bucket", { id: `aws-controltower-logs-${ME}-eu-west-1` }),
      made("AWS::S3::Bucket", { id: "controltower-logs" }),
    ],
    [
      "landing zone",
      made(VPC, { id: "vpc-1", name: "aws-controltower-VPC" }),
      made(VPC, { id: "vpc-2", name: "controltower" }),
    ],
    ["landing zone", stack("StackSet-AWSControlTowerBP-BASELINE-CONFIG-1"), stack("config-of-AWSControlTower")],
    ["landing zone", stack("AWSAccelerator-NetworkVpcStack-1"), stack("MyAWSAccelerator-1")],
    [
      "landing zone",
      made("AWS::S3::Bucket", { id: "aws-accelerator-logs" }),
      made("AWS::S3::Bucket", { id: "aws-accelerated" }),
    ],
    ["StackSet", stack("StackSet-guardrails-0a1b"), stack("MyStackSet-guardrails")],
    ["StackSet", role("AWSCloudFormationStackSetExecutionRole"), role("AWSCloudFormationStackSetExecutionRoleOfMine")],
    ["StackSet", role("AWSCloudFormationStackSetAdministrationRole"), role("StackSetAdministrationRole")],
    ["StackSet", role("stacksets-exec-0123456789abcdef"), role("my-stacksets-exec-1")],
    ["organization", role("OrganizationAccountAccessRole"), role("MyOrganizationAccountAccessRole")],
    [
      "a key of AWS's own",
      made("AWS::KMS::Key", { configuration: { KeyManager: "AWS" } }),
      made("AWS::KMS::Key", { configuration: { KeyManager: "CUSTOMER" } }),
    ],
    [
      "default VPC",
      made(VPC, { configuration: { IsDefault: true } }),
      made(VPC, { configuration: { IsDefault: false } }),
    ],
    [
      "default subnet",
      made("AWS::EC2::Subnet", { configuration: { DefaultForAz: true } }),
      made("AWS::EC2::Subnet", { configuration: { DefaultForAz: false } }),
    ],
  ])("speak of %s, and not of its neighbour", (because, meant, neighbour) => {
    expect(reasonOf(meant)).toContain(because);
    expect(reasonOf(neighbour)).toBeUndefined();
  });

  it("keep a log group's namesakes of other types apart from a role of that name", () => {
    expect(reasonOf(made("AWS::S3::Bucket", { id: "AWSReservedSSO_x" }))).toBeUndefined();
    expect(reasonOf(made("AWS::IAM::User", { id: "OrganizationAccountAccessRole" }))).toBeUndefined();
  });

  describe("in a default VPC", () => {
    const resources = [
      made(VPC, { id: "vpc-default", configuration: { IsDefault: true } }),
      made(VPC, { id: "vpc-mine", configuration: { IsDefault: false } }),
    ];
    it.each<[string, ResourceType, "attached-to" | "member-of"]>([
      ["its gateway", "AWS::EC2::InternetGateway", "attached-to"],
      ["its main route table", "AWS::EC2::RouteTable", "member-of"],
      ["its default network ACL", "AWS::EC2::NetworkAcl", "member-of"],
      ["its default group", "AWS::EC2::SecurityGroup", "member-of"],
    ])("speak of %s, and not of the same of another VPC", (_, type, kind) => {
      expect(reasonOf(made(type, { links: [inVpc("vpc-default", kind)] }), { resources })).toContain("default VPC");
      expect(reasonOf(made(type, { links: [inVpc("vpc-mine", kind)] }), { resources })).toBeUndefined();
    });

    it.each<ResourceType>([
      "AWS::EC2::Subnet",
      "AWS::EC2::RouteTable",
      "AWS::EC2::NetworkAcl",
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::Instance",
      "AWS::EC2::NatGateway",
    ])("do not speak of %s that people put into it", (type) => {
      expect(reasonOf(made(type, { links: [inVpc("vpc-default")] }), { resources })).toBeUndefined();
    });
  });
});

describe("what Evenkeel stands on", () => {
  const caller = `arn:aws:sts::${ME}:assumed-role/operator/i-0123`;

  it("is its role, and whoever may assume that, link by link, and nobody else", () => {
    const operator = role("team/operator", `arn:aws:sts::${ME}:assumed-role/hop/someone`);
    const hop = role("hop", `arn:aws:iam::${ME}:user/ann`, `arn:aws:iam::${ME}:role/team/operator`);
    const resources = [operator, hop, user("ann"), user("bob"), role("operator-2"), role("reader", operator.arn)];
    const kept = resources.filter((each) => reasonOf(each, { caller, resources })).map(({ id }) => id);

    expect(kept).toEqual(["operator", "hop", "ann"]);
  });

  it("is not a namesake of another account that may assume it", () => {
    const operator = role("operator", "arn:aws:sts::999988887777:assumed-role/hop/x", `arn:aws:iam::${ME}:root`);
    expect(reasonOf(role("hop"), { caller, resources: [operator, role("hop")] })).toBeUndefined();
  });

  it("is its user, and no role or group of that name", () => {
    const own = { caller: `arn:aws:iam::${ME}:user/team/ann` };
    expect(reasonOf(user("ann"), own)).toContain("Evenkeel itself");
    expect(reasonOf(role("ann"), own)).toBeUndefined();
    expect(reasonOf(made("AWS::IAM::Group", { id: "ann" }), own)).toBeUndefined();
  });

  it("is any role and user as long as not all were seen: one of them may assume its own", () => {
    const blind = { caller, doubt: "denied" };
    expect(reasonOf(role("other"), blind)).toContain("not known: denied");
    expect(reasonOf(user("other"), blind)).toContain("not known: denied");
    expect(reasonOf(made("AWS::EC2::KeyPair", { id: "other" }), blind)).toBeUndefined();
  });

  it.each<[string, Resource, Resource]>([
    [
      "its profile",
      made("AWS::IAM::InstanceProfile", { links: [withRole("operator")] }),
      made("AWS::IAM::InstanceProfile", { links: [withRole("operator-2")] }),
    ],
    [
      "a function with its role",
      made("AWS::Lambda::Function", { links: [withRole(`arn:aws:iam::${ME}:role/team/operator`)] }),
      made("AWS::Lambda::Function", { links: [withRole(`arn:aws:iam::${ME}:role/operator/team`)] }),
    ],
    ["its instance", made("AWS::EC2::Instance", { id: "i-0123" }), made("AWS::EC2::Instance", { id: "i-01234" })],
    ["its store", made("AWS::S3::Bucket", { id: "mine" }), made("AWS::S3::Bucket", { id: "mine-too" })],
    ["its backup", made("AWS::S3::Bucket", { id: "copies" }), made("AWS::S3::Bucket", { id: "cop" })],
  ])("is %s, and not its neighbour", (_, meant, neighbour) => {
    const ground = { caller, stores: ["s3://mine/team", "s3://copies", "file:/home/me/other"] };
    expect(reasonOf(meant, ground)).toBeDefined();
    expect(reasonOf(neighbour, ground)).toBeUndefined();
  });

  it("is the stack of any of these, and the stacks above, and no other stack", () => {
    const bucket = made("AWS::S3::Bucket", { id: "mine", links: [inStack("inner")] });
    const resources = [bucket, stack("inner", "outer"), stack("outer"), stack("other", "outer")];
    const kept = resources.filter((each) => reasonOf(each, { caller, stores: ["s3://mine"], resources }));

    expect(kept.map(({ id }) => id)).toEqual(["mine", "inner", "outer"]);
  });
});
