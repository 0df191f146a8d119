import { createHash } from "node:crypto";
import type { Call } from "../../service.ts";

/** What DescribeVpcs leaves out of a VPC. */
export interface VpcSettings {
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  enableNetworkAddressUsageMetrics: boolean;
}

/** DNS support is on in every new VPC, hostnames in default ones only. Source: VPC user guide, "DNS attributes". */
export function vpcSettings(call: Call, id: string | undefined): VpcSettings {
  const settings = call.table<VpcSettings>("ec2.vpc-settings");
  const fresh = { enableDnsSupport: true, enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false };
  return settings.get(id ?? "") ?? settings.put(id ?? "", fresh);
}

/** An id that is always the same for the same thing, for what AWS makes by itself. */
export function derivedId(prefix: string, ...of: readonly (string | undefined)[]): string {
  return prefix + createHash("sha256").update(of.join("|")).digest("hex").slice(0, 17);
}

/** The DHCP options set that AWS makes in each Region of an account. */
export const defaultDhcpOptions = (call: Call): string => derivedId("dopt-", call.account, call.region);
