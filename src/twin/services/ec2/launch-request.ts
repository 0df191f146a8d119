import type { RunInstancesRequest } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { defaultVpc } from "./default-vpc.ts";
import { templateFor, versionOf } from "./launch-templates.ts";
import { SECURITY_GROUP, SUBNET } from "./network-kinds.ts";
import { get, those } from "./rows.ts";
import { groupFor } from "./security-groups.ts";

/** What a launch is asked for; RunInstances takes it from its caller, an Auto Scaling group from its template. */
export type LaunchRequest = Partial<Stored<RunInstancesRequest>>;

/** Tags that only AWS sets, on what it launches for a group or from a template. */
export type SystemTags = Readonly<Record<string, string>>;

/**
 * Fills in what the launch template says; what the request says itself wins.
 * Source: EC2 user guide, "Launch instances from a launch template".
 */
export function withTemplate(
  call: Call,
  request: LaunchRequest,
): { readonly request: LaunchRequest; readonly tags: SystemTags } {
  if (!request.LaunchTemplate) return { request, tags: {} };
  const template = templateFor(call, request.LaunchTemplate);
  const version = versionOf(call, template, request.LaunchTemplate.Version);
  const { RamDiskId: _, LicenseSpecifications: __, ...data } = version.LaunchTemplateData ?? {};
  const said = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  return {
    request: { ...(data as LaunchRequest), ...said },
    tags: {
      "aws:ec2launchtemplate:id": template.LaunchTemplateId ?? "",
      "aws:ec2launchtemplate:version": String(version.VersionNumber),
    },
  };
}

/** The subnet that is asked for, else the default one of the zone. */
export function subnetOf(call: Call, request: LaunchRequest) {
  const asked = request.NetworkInterfaces?.[0]?.SubnetId ?? request.SubnetId;
  if (asked) return get(SUBNET, call, asked);
  const vpc = defaultVpc(call);
  if (!vpc)
    throw new AwsFault(
      "VPCIdNotSpecified",
      "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.",
    );
  const zone = request.Placement?.AvailabilityZone;
  const [subnet] = those(SUBNET, call, (each) => each.VpcId === vpc.VpcId && (!zone || each.AvailabilityZone === zone));
  if (!subnet)
    throw new AwsFault("MissingInput", `No subnets found for the default VPC '${vpc.VpcId}'. Please specify a subnet.`);
  return subnet;
}

/** Group ids that are asked for by id or name, on the request or on its primary interface; none = the VPC's default. */
export function groupsOf(call: Call, request: LaunchRequest): string[] {
  const ids = request.NetworkInterfaces?.[0]?.Groups ?? request.SecurityGroupIds ?? [];
  const named = (request.SecurityGroups ?? []).map((GroupName) => groupFor(call, { GroupName }).GroupId ?? "");
  return [...ids, ...named].map((id) => get(SECURITY_GROUP, call, id).GroupId ?? "");
}
