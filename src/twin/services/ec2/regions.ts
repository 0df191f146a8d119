import { AwsFault, type Call } from "../../service.ts";
import { DEFAULT_REGIONS } from "../../world.ts";
import type { Ec2Operations } from "./rows.ts";

const suffix = (call: Call) => (call.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");

const COMPASS: Readonly<Record<string, string>> = {
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
};

/** Three Availability Zones a Region, `eu-west-1a` with the id `euw1-az1`. */
export function zonesOf(region: string): { readonly name: string; readonly id: string }[] {
  const short = region
    .split("-")
    .map((part) => COMPASS[part] ?? part.replace("gov", "g"))
    .join("");
  return ["a", "b", "c"].map((letter, index) => ({ name: region + letter, id: `${short}-az${index + 1}` }));
}

/** A zone by its name, or AWS's fault; the first one when none is named. */
export function zone(call: Call, name?: string) {
  const zones = zonesOf(call.region);
  const found = name === undefined ? zones[0] : zones.find((each) => each.name === name);
  if (!found) throw new AwsFault("InvalidParameterValue", `Invalid availability zone: [${name}]`);
  return found;
}

export const regions: Ec2Operations = {
  DescribeRegions(input, call) {
    const on = call.accountRow.enabledRegions;
    const known = [...new Set([...on, ...(input.AllRegions ? DEFAULT_REGIONS : [])])];
    const unknown = input.RegionNames?.find((name) => !known.includes(name));
    if (unknown) throw new AwsFault("InvalidParameterValue", `Invalid region names: [${unknown}]`);
    const optIn = (name: string) => (DEFAULT_REGIONS.includes(name) ? "opt-in-not-required" : "opted-in");
    const described = known.map((name) => ({
      RegionName: name,
      Endpoint: `ec2.${name}.${suffix(call)}`,
      OptInStatus: on.includes(name) ? optIn(name) : "not-opted-in",
    }));
    const statuses = input.Filters?.find((filter) => filter.Name === "opt-in-status")?.Values;
    const names = input.RegionNames ?? input.Filters?.find((filter) => filter.Name === "region-name")?.Values;
    return {
      Regions: described.filter(
        (each) => (names?.includes(each.RegionName) ?? true) && (statuses?.includes(each.OptInStatus) ?? true),
      ),
    };
  },

  DescribeAvailabilityZones(input, call) {
    const zones = zonesOf(call.region).filter(({ name }) => input.ZoneNames?.includes(name) ?? true);
    return {
      AvailabilityZones: zones.map(({ name, id }) => ({
        State: "available",
        OptInStatus: "opt-in-not-required",
        Messages: [],
        RegionName: call.region,
        ZoneName: name,
        ZoneId: id,
        GroupName: `${call.region}-zg-1`,
        NetworkBorderGroup: call.region,
        ZoneType: "availability-zone",
      })),
    };
  },

  DescribeAccountAttributes(_input, call) {
    const vpc = call
      .table<{ VpcId?: string; IsDefault?: boolean }>("ec2.vpc")
      .all()
      .find((each) => each.IsDefault);
    const attribute = (AttributeName: string, ...values: string[]) => ({
      AttributeName,
      AttributeValues: values.map((AttributeValue) => ({ AttributeValue })),
    });
    return {
      AccountAttributes: [
        attribute("supported-platforms", "VPC"),
        attribute("default-vpc", vpc?.VpcId ?? "none"),
        attribute("max-instances", "20"),
        attribute("max-elastic-ips", "5"),
        attribute("vpc-max-elastic-ips", "5"),
        attribute("vpc-max-security-groups-per-interface", "5"),
      ],
    };
  },
};
