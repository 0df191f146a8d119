import type { Resource, ResourceType } from "../model/resource.ts";
import { type OwnGround, ownParts } from "./own-ground.ts";

/** What is never removed, whoever asks for it. All that is named must be so. */
interface BuiltInGuard {
  readonly type?: ResourceType;
  /** Of the name or id. */
  readonly name?: RegExp;
  readonly arn?: RegExp;
  /** A member of the configuration, and its value. */
  readonly member?: readonly [name: string, value: string | boolean];
  readonly because: string;
}

const LANDING_ZONE = "it is part of the landing zone";
const IDENTITY_CENTER = "it belongs to IAM Identity Center";
const STACK: ResourceType = "AWS::CloudFormation::Stack";
const ROLE: ResourceType = "AWS::IAM::Role";

/*
 * Sources: Control Tower user guide, "Resource Considerations for Account Factory" and "About AWS accounts in Control
 * Tower"; Landing Zone Accelerator implementation guide (its prefix); CloudFormation user guide, "Grant self-managed
 * permissions" and "Activate trusted access" (StackSets); Organizations user guide, "Accessing member accounts"; IAM
 * Identity Center user guide, "Permission sets"; IAM user guide, "Service-linked roles" and "AWS managed policies";
 * KMS developer guide, "AWS managed keys".
 */
const GUARDS: readonly BuiltInGuard[] = [
  { arn: /^arn:[^:]+:iam::\d*:role\/aws-service-role\//, because: "it is a service-linked role" },
  { arn: /^arn:[^:]+:iam::aws:/, because: "it is a policy of AWS's own" },
  { arn: /^arn:[^:]+:iam::\d*:role\/aws-reserved\//, because: IDENTITY_CENTER },
  { type: ROLE, name: /^AWSReservedSSO_/, because: IDENTITY_CENTER },
  { name: /^(StackSet-)?AWS-?ControlTower/i, because: LANDING_ZONE },
  { type: "AWS::Logs::LogGroup", name: /^\/aws\/lambda\/aws-controltower-/i, because: LANDING_ZONE },
  { name: /^(StackSet-)?(AWS-?Accelerator|AWS-Landing-Zone)-/i, because: LANDING_ZONE },
  { type: STACK, name: /^StackSet-/, because: "it is deployed by a StackSet, which would make it again" },
  {
    type: ROLE,
    name: /^(AWSCloudFormationStackSet(Administration|Execution)Role$|stacksets-exec-)/,
    because: "StackSets work through it",
  },
  {
    type: ROLE,
    name: /^OrganizationAccountAccessRole$/,
    because: "the organization reaches this account through it",
  },
  { type: "AWS::KMS::Key", member: ["KeyManager", "AWS"], because: "it is a key of AWS's own" },
  // Newer than any baseline, and all that is left of a volume. The name is the one that a plan gives its copies.
  { type: "AWS::EC2::Snapshot", name: /^evenkeel-.+-\d{14}$/, because: "it is a copy that Evenkeel has made" },
  { type: "AWS::EC2::VPC", member: ["IsDefault", true], because: "it is the region's default VPC" },
  { type: "AWS::EC2::Subnet", member: ["DefaultForAz", true], because: "it is the default subnet of its zone" },
];

function isMeant({ type, name, arn, member }: BuiltInGuard, resource: Resource): boolean {
  if (type && type !== resource.type) return false;
  if (arn && !arn.test(resource.arn)) return false;
  if (member && resource.configuration[member[0]] !== member[1]) return false;
  return !name || name.test(resource.id) || name.test(resource.name ?? "");
}

/**
 * What AWS itself makes in a default VPC: its gateway, its main route table, its default network ACL and group. The last
 * three are members of their VPC; those that people make beside them are not.
 * Source: VPC user guide, "Default VPC components".
 */
function isMadeWithVpc({ type, links }: Resource, defaults: ReadonlySet<string>): boolean {
  const how = type === "AWS::EC2::InternetGateway" ? "attached-to" : "member-of";
  return links.some(({ kind, type: to, to: id }) => kind === how && to === "AWS::EC2::VPC" && defaults.has(id));
}

/** Why one of these resources is never removed; undefined = no built-in guard speaks. */
export function builtInGuards(ground: OwnGround): (resource: Resource) => string | undefined {
  const own = ownParts(ground);
  const vpcs = ground.resources.filter(({ type }) => type === "AWS::EC2::VPC");
  const defaults = new Set(vpcs.flatMap(({ id, configuration }) => (configuration.IsDefault === true ? [id] : [])));
  return (resource) => {
    const guard = GUARDS.find((each) => isMeant(each, resource));
    if (guard) return guard.because;
    if (isMadeWithVpc(resource, defaults)) return "AWS made it with the region's default VPC";
    return own(resource);
  };
}
