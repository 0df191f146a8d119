import { AwsFault, type Call, type Operations, tagMap } from "../../service.ts";
import { SECURITY_GROUP, SUBNET } from "../ec2/network-kinds.ts";
import { has, those } from "../ec2/rows.ts";
import {
  attributeList,
  type BalancerRow,
  balancerAt,
  balancers,
  invalid,
  listeners,
  listenersOf,
  pages,
  repeats,
  rules,
  rulesOf,
  setAttributes,
} from "./rows.ts";

type Elb = typeof import("@aws-sdk/client-elastic-load-balancing-v2");

/** Source: API reference, LoadBalancerAttribute. */
const COMMON = { "deletion_protection.enabled": "false", "load_balancing.cross_zone.enabled": "true" };
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  application: {
    ...COMMON,
    "access_logs.s3.enabled": "false",
    "access_logs.s3.bucket": "",
    "access_logs.s3.prefix": "",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
  },
  network: {
    ...COMMON,
    "load_balancing.cross_zone.enabled": "false",
    "access_logs.s3.enabled": "false",
    "access_logs.s3.bucket": "",
    "access_logs.s3.prefix": "",
    "dns_record.client_routing_policy": "any_availability_zone",
    "zonal_shift.config.enabled": "false",
  },
  gateway: { ...COMMON, "load_balancing.cross_zone.enabled": "false" },
};
const PATHS: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

interface Mapping {
  readonly SubnetId?: string | undefined;
  readonly AllocationId?: string | undefined;
}

/** Zones of the subnets, and their VPC; subnets that the world does not hold are taken at their word. */
function placed(call: Call, subnets: readonly string[] | undefined, mappings: readonly Mapping[] | undefined) {
  const wanted: readonly Mapping[] = mappings ?? (subnets ?? []).map((SubnetId) => ({ SubnetId }));
  const rows = wanted.map(({ SubnetId = "", AllocationId }, index) => {
    const subnet = has(SUBNET, call, SubnetId);
    return {
      vpc: subnet?.VpcId ?? "vpc-0twin",
      zone: {
        ZoneName: subnet?.AvailabilityZone ?? `${call.region}${"abcdef"[index % 6]}`,
        SubnetId,
        LoadBalancerAddresses: AllocationId ? [{ AllocationId }] : [],
      },
    };
  });
  return { VpcId: rows[0]?.vpc, AvailabilityZones: rows.map(({ zone }) => zone) };
}

/** An Application Load Balancer without groups of its own gets the VPC's default one. Source: API reference, CreateLoadBalancer. */
function defaultGroups(call: Call, vpc: string | undefined): string[] {
  const found = those(SECURITY_GROUP, call, ({ VpcId, GroupName }) => VpcId === vpc && GroupName === "default");
  return found.map(({ GroupId }) => GroupId ?? "");
}

export const loadBalancerOperations = {
  CreateLoadBalancer(input, call) {
    const name = input.Name ?? "";
    const type = input.Type ?? "application";
    const scheme = input.Scheme ?? "internet-facing";
    const place = placed(call, input.Subnets, input.SubnetMappings);
    const SecurityGroups = input.SecurityGroups ?? (type === "application" ? defaultGroups(call, place.VpcId) : []);
    const known = balancers(call)
      .all()
      .find(({ it }) => it.LoadBalancerName === name);
    if (known && repeats(known.it, { ...place, Type: type, Scheme: scheme, SecurityGroups }))
      return { LoadBalancers: [known.it] };
    if (known)
      throw new AwsFault(
        "DuplicateLoadBalancerName",
        "A load balancer with the same name exists, but with different settings",
      );
    const arn = call.arn("elasticloadbalancing", `loadbalancer/${PATHS[type]}/${name}/${call.id("", 16)}`);
    if (place.AvailabilityZones.length === 0) throw invalid("At least one subnet must be specified");
    const row: BalancerRow = {
      it: {
        LoadBalancerArn: arn,
        DNSName: `${scheme === "internal" ? "internal-" : ""}${name}-${call.id("", 10)}.${call.region}.elb.amazonaws.com`,
        CanonicalHostedZoneId: "Z0TWIN",
        CreatedTime: call.now(),
        LoadBalancerName: name,
        Scheme: type === "gateway" ? undefined : scheme,
        ...place,
        State: { Code: "active" },
        Type: type,
        SecurityGroups,
        IpAddressType: input.IpAddressType ?? "ipv4",
        EnablePrefixForIpv6SourceNat: input.EnablePrefixForIpv6SourceNat ?? "off",
      },
      tags: tagMap(input.Tags),
      attributes: { ...ATTRIBUTES[type] },
    };
    return { LoadBalancers: [balancers(call).put(arn, row).it] };
  },

  DescribeLoadBalancers(input, call) {
    const all = balancers(call).all();
    const { LoadBalancerArns: arns, Names: names } = input;
    const found = all
      .filter(({ it }) => arns?.includes(it.LoadBalancerArn ?? "") ?? true)
      .filter(({ it }) => names?.includes(it.LoadBalancerName ?? "") ?? true);
    const wanted = arns ?? names;
    if (wanted && found.length < new Set(wanted).size)
      throw new AwsFault("LoadBalancerNotFound", `One or more load balancers not found`);
    const { cut, NextMarker } = pages(found, input);
    return { LoadBalancers: cut.map(({ it }) => it), NextMarker };
  },

  /** Deleting what is not there succeeds. Source: API reference, DeleteLoadBalancer. */
  DeleteLoadBalancer(input, call) {
    const row = balancers(call).get(input.LoadBalancerArn ?? "");
    if (!row) return;
    if (row.attributes["deletion_protection.enabled"] === "true")
      throw new AwsFault(
        "OperationNotPermitted",
        `Load balancer '${input.LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
      );
    for (const { it } of listenersOf(call, row.it.LoadBalancerArn)) {
      for (const rule of rulesOf(call, it.ListenerArn)) rules(call).delete(rule.it.RuleArn ?? "");
      listeners(call).delete(it.ListenerArn ?? "");
    }
    balancers(call).delete(row.it.LoadBalancerArn ?? "");
  },

  DescribeLoadBalancerAttributes: (input, call) => ({
    Attributes: attributeList(balancerAt(call, input.LoadBalancerArn).attributes),
  }),
  ModifyLoadBalancerAttributes: (input, call) =>
    setAttributes(balancerAt(call, input.LoadBalancerArn), input.Attributes),

  SetSecurityGroups(input, call) {
    const { it } = balancerAt(call, input.LoadBalancerArn);
    it.SecurityGroups = input.SecurityGroups ?? [];
    return { SecurityGroupIds: it.SecurityGroups };
  },
  SetSubnets(input, call) {
    const { it } = balancerAt(call, input.LoadBalancerArn);
    const { AvailabilityZones } = placed(call, input.Subnets, input.SubnetMappings);
    it.AvailabilityZones = AvailabilityZones;
    return { AvailabilityZones, IpAddressType: it.IpAddressType };
  },
  SetIpAddressType(input, call) {
    const { it } = balancerAt(call, input.LoadBalancerArn);
    it.IpAddressType = input.IpAddressType;
    return { IpAddressType: input.IpAddressType };
  },
} satisfies Operations<Elb>;
