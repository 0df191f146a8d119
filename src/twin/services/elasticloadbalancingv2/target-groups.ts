import { AwsFault, type Call, type Operations, tagMap } from "../../service.ts";
import { groupsOf, isForwardedTo } from "./actions.ts";
import {
  attributeList,
  balancerAt,
  balancers,
  pages,
  repeats,
  setAttributes,
  type TargetGroupRow,
  targetGroupAt,
  targetGroups,
} from "./rows.ts";
import { healthOf } from "./target-health.ts";

type Elb = typeof import("@aws-sdk/client-elastic-load-balancing-v2");

/** Source: API reference, TargetGroupAttribute. */
const COMMON = {
  "deregistration_delay.timeout_seconds": "300",
  "stickiness.enabled": "false",
  "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
  "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
};
const HTTP = {
  ...COMMON,
  "load_balancing.algorithm.type": "round_robin",
  "load_balancing.algorithm.anomaly_mitigation": "off",
  "slow_start.duration_seconds": "0",
  "stickiness.type": "lb_cookie",
  "stickiness.lb_cookie.duration_seconds": "86400",
  "stickiness.app_cookie.cookie_name": "",
  "stickiness.app_cookie.duration_seconds": "86400",
};
const TCP = {
  ...COMMON,
  "deregistration_delay.connection_termination.enabled": "false",
  "preserve_client_ip.enabled": "true",
  "proxy_protocol_v2.enabled": "false",
  "stickiness.type": "source_ip",
};

const isHttp = (protocol: string | undefined) => protocol === "HTTP" || protocol === "HTTPS";

function described(call: Call, { it }: TargetGroupRow): TargetGroupRow["it"] {
  const all = balancers(call)
    .all()
    .map((row) => row.it.LoadBalancerArn ?? "");
  return { ...it, LoadBalancerArns: all.filter((arn) => groupsOf(call, arn).has(it.TargetGroupArn ?? "")) };
}

export const targetGroupOperations = {
  CreateTargetGroup(input, call) {
    const name = input.Name ?? "";
    const { Name: _, Tags: __, ...settings } = input;
    const known = targetGroups(call)
      .all()
      .find(({ it }) => it.TargetGroupName === name);
    if (known && repeats(known.it, settings)) return { TargetGroups: [described(call, known)] };
    if (known)
      throw new AwsFault(
        "DuplicateTargetGroupName",
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    const http = isHttp(input.Protocol);
    const arn = call.arn("elasticloadbalancing", `targetgroup/${name}/${call.id("", 16)}`);
    const row: TargetGroupRow = {
      it: {
        HealthCheckProtocol: http ? (input.Protocol ?? "HTTP") : "TCP",
        HealthCheckPort: "traffic-port",
        // Source: API reference, CreateTargetGroup, HealthCheckEnabled.
        HealthCheckEnabled: input.TargetType !== "lambda",
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: http ? 5 : 10,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        ...(http ? { HealthCheckPath: "/", Matcher: { HttpCode: "200" }, ProtocolVersion: "HTTP1" } : {}),
        TargetType: "instance",
        IpAddressType: "ipv4",
        ...settings,
        TargetGroupArn: arn,
        TargetGroupName: name,
      },
      tags: tagMap(input.Tags),
      attributes: { ...(http || input.TargetType === "lambda" ? HTTP : TCP) },
      targets: [],
    };
    return { TargetGroups: [described(call, targetGroups(call).put(arn, row))] };
  },

  DescribeTargetGroups(input, call) {
    const { LoadBalancerArn: balancer, TargetGroupArns: arns, Names: names } = input;
    const below = balancer ? groupsOf(call, balancerAt(call, balancer).it.LoadBalancerArn) : undefined;
    const found = targetGroups(call)
      .all()
      .filter(({ it }) => below?.has(it.TargetGroupArn ?? "") ?? true)
      .filter(({ it }) => arns?.includes(it.TargetGroupArn ?? "") ?? true)
      .filter(({ it }) => names?.includes(it.TargetGroupName ?? "") ?? true);
    const wanted = arns ?? names;
    if (wanted && found.length < new Set(wanted).size)
      throw new AwsFault("TargetGroupNotFound", "One or more target groups not found");
    const { cut, NextMarker } = pages(found, input);
    return { TargetGroups: cut.map((row) => described(call, row)), NextMarker };
  },

  ModifyTargetGroup(input, call) {
    const row = targetGroupAt(call, input.TargetGroupArn);
    Object.assign(row.it, input);
    return { TargetGroups: [described(call, row)] };
  },

  DeleteTargetGroup(input, call) {
    const { TargetGroupArn: arn = "" } = input;
    if (isForwardedTo(call, arn))
      throw new AwsFault("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
    targetGroups(call).delete(arn);
  },

  DescribeTargetGroupAttributes: (input, call) => ({
    Attributes: attributeList(targetGroupAt(call, input.TargetGroupArn).attributes),
  }),
  ModifyTargetGroupAttributes: (input, call) =>
    setAttributes(targetGroupAt(call, input.TargetGroupArn), input.Attributes),

  RegisterTargets(input, call) {
    const row = targetGroupAt(call, input.TargetGroupArn);
    const fresh = (input.Targets ?? []).map((target) => ({ ...target, Port: target.Port ?? row.it.Port }));
    const key = ({ Id, Port }: { Id?: string | undefined; Port?: number | undefined }) => `${Id}:${Port}`;
    const known = new Map([...row.targets, ...fresh].map((target) => [key(target), target]));
    row.targets = [...known.values()];
  },
  DeregisterTargets(input, call) {
    const row = targetGroupAt(call, input.TargetGroupArn);
    const gone = input.Targets ?? [];
    row.targets = row.targets.filter(
      ({ Id, Port }) => !gone.some((each) => each.Id === Id && (each.Port ?? Port) === Port),
    );
  },
  /** Whoever is registered with a group in use is healthy. */
  DescribeTargetHealth(input, call) {
    const row = targetGroupAt(call, input.TargetGroupArn);
    const used = isForwardedTo(call, row.it.TargetGroupArn);
    const found = row.targets.filter((target) => input.Targets?.some(({ Id }) => Id === target.Id) ?? true);
    return {
      TargetHealthDescriptions: found.map((Target) => ({
        Target,
        HealthCheckPort: String(Target.Port ?? ""),
        TargetHealth: healthOf(call, row, Target.Id, used),
      })),
    };
  },
} satisfies Operations<Elb>;
