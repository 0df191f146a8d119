import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client as ELB,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { ACCOUNT } from "../../../tests/contract/account.ts";
import { createIncident, type IncidentOptions } from "../incident.ts";
import { forward, group, twoGroups } from "./balanced.trial.ts";
import type { LoadModel } from "./load.ts";
import { type Offered, offeredAt } from "./offered.ts";

type Made = Awaited<ReturnType<typeof twoGroups>>;

function underLoad(made: Made, load: Omit<LoadModel, "listener">, rest: Partial<IncidentOptions> = {}) {
  const place = { twin: made.account.twin, account: ACCOUNT, region: "eu-west-1" };
  return createIncident({ ...place, metricDelaySeconds: 0, load: { listener: made.listener, ...load }, ...rest });
}

/** Requests of each minute that a group got. */
const requests = (incident: ReturnType<typeof underLoad>, arn: string) =>
  incident.minutes.map(({ groups }) => Math.round(groups[arn]?.requests ?? 0));

/** A metric's minutes, oldest first. */
async function metric({ account, LoadBalancerArn }: Made, MetricName: string, targetGroup?: string, balancer = true) {
  const LoadBalancer = { Name: "LoadBalancer", Value: LoadBalancerArn.split(":loadbalancer/")[1] };
  const TargetGroup = { Name: "TargetGroup", Value: targetGroup?.split(":").at(-1) };
  const Dimensions = [...(balancer ? [LoadBalancer] : []), ...(targetGroup ? [TargetGroup] : [])];
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName, Dimensions };
  const query = {
    MetricDataQueries: [{ Id: "q", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
    StartTime: new Date(account.twin.world.startedAt),
    EndTime: new Date(account.twin.clock.now()),
  };
  const { MetricDataResults } = await account.send(CloudWatchClient, new GetMetricDataCommand(query));
  return MetricDataResults?.[0]?.Values?.reverse();
}

it.each([
  [-1, 5],
  [0, 5],
  [5, 7.5],
  [10, 30],
  [15, 30],
  [99, 30],
])("offers at second %d what the points say", (second, rps) => {
  const points: Offered = [
    [0, 5],
    [10, 10],
    [10, 30],
    [20, 30],
  ];
  expect(offeredAt(points, second)).toBe(rps);
});

it("sends requests by weight, rejects what is beyond the capacity, and writes the balancer's metrics", async () => {
  const made = await twoGroups();
  await made.weigh(75);
  const incident = underLoad(made, { offered: [[0, 40]], groups: { [made.primary]: { capacity: 10 } } });

  await incident.run(2);
  await incident.run(0.5);

  expect(incident.minutes[1]).toMatchObject({
    offered: 2400,
    rejected: 600,
    groups: {
      [made.primary]: { requests: 1800, rejected: 600, healthy: 2 },
      [made.standby]: { requests: 600, rejected: 0, healthy: 2 },
    },
  });
  expect(await metric(made, "RequestCount")).toEqual([2400, 2400]);
  expect(await metric(made, "RequestCount", made.standby)).toEqual([600, 600]);
  expect(await metric(made, "RequestCountPerTarget", made.primary)).toEqual([900, 900]);
  expect(await metric(made, "RequestCountPerTarget", made.primary, false)).toEqual([900, 900]);
  expect(await metric(made, "HealthyHostCount", made.primary)).toEqual([2, 2]);
  expect(await metric(made, "HTTPCode_ELB_5XX_Count")).toEqual([600, 600]);
  expect(await metric(made, "HTTPCode_ELB_503_Count")).toEqual([]);
});

it("writes no data where no requests are", async () => {
  const made = await twoGroups();
  const offered: Offered = [
    [0, 10],
    [60, 10],
    [60, 0],
  ];
  const incident = underLoad(made, { offered });

  await incident.run(4);

  expect(await metric(made, "RequestCount")).toEqual([600]);
  expect(await metric(made, "HealthyHostCount", made.standby)).toEqual([2]);
  expect(await metric(made, "RequestCountPerTarget", made.standby)).toEqual([]);
  expect(await metric(made, "HTTPCode_ELB_5XX_Count")).toEqual([]);
});

it("answers 503 for a group without targets, and counts it as no request", async () => {
  const made = await twoGroups();
  const empty = await group(made.account, "empty", 0);
  const DefaultActions = [forward({ [made.primary]: 50, [empty]: 50 })];
  await made.account.send(ELB, new ModifyListenerCommand({ ListenerArn: made.listener, DefaultActions }));
  const incident = underLoad(made, { offered: [[0, 10]] });

  await incident.run(1.5);

  expect(incident.minutes[0]).toMatchObject({ rejected: 300, groups: { [empty]: { rejected: 300, healthy: 0 } } });
  expect(await metric(made, "RequestCount")).toEqual([300]);
  expect(await metric(made, "HTTPCode_ELB_503_Count")).toEqual([300]);
  expect(await metric(made, "RequestCount", empty)).toEqual([]);
});

it("asks a function as a target without checking it, and counts no requests a target", async () => {
  const made = await twoGroups();
  const { send } = made.account;
  const created = await send(ELB, new CreateTargetGroupCommand({ Name: "cheap", TargetType: "lambda" }));
  const TargetGroupArn = created.TargetGroups?.[0]?.TargetGroupArn ?? "";
  await send(ELB, new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: "arn:aws:lambda:a:1:function:f" }] }));
  const DefaultActions = [forward({ [TargetGroupArn]: 1 })];
  await send(ELB, new ModifyListenerCommand({ ListenerArn: made.listener, DefaultActions }));
  const incident = underLoad(made, { offered: [[0, 10]] });

  await incident.run(1);

  expect(incident.minutes[0]).toMatchObject({ rejected: 0, groups: { [TargetGroupArn]: { requests: 600 } } });
  expect(await metric(made, "RequestCount", TargetGroupArn)).toEqual([600]);
  expect(await metric(made, "RequestCountPerTarget", TargetGroupArn)).toEqual([]);
  const health = await send(ELB, new DescribeTargetHealthCommand({ TargetGroupArn }));
  expect(health.TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
    State: "unavailable",
    Reason: "Target.HealthCheckDisabled",
  });
});

it("sends to all targets if none is healthy, and rejects what they can't serve", async () => {
  const made = await twoGroups();
  const groups = { [made.primary]: { capacity: 5 } };
  const incident = underLoad(made, { offered: [[0, 10]], groups }, { acts: [[120, () => fail("0", "1")]] });
  const fail = (...targets: string[]) =>
    incident.failTargets(
      made.primary,
      targets.map((each) => `i-primary-${each}`),
    );
  fail("0");

  await incident.run(4);

  expect(incident.minutes.map(({ rejected }) => rejected)).toEqual([300, 300, 600, 600]);
  expect(await metric(made, "RequestCountPerTarget", made.primary)).toEqual([600, 600, 300, 300]);
  const health = await made.account.send(ELB, new DescribeTargetHealthCommand({ TargetGroupArn: made.primary }));
  expect(health.TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
    State: "unhealthy",
    Reason: "Target.FailedHealthChecks",
  });
});

it("takes up new weights after a while", async () => {
  const made = await twoGroups();
  const acts = [[60, () => made.weigh(0)]] as const;
  const incident = underLoad(made, { offered: [[0, 10]], propagationSeconds: 30 }, { acts });

  await incident.run(3);

  expect(requests(incident, made.primary)).toEqual([600, 300, 0]);
  expect(requests(incident, made.standby)).toEqual([0, 300, 600]);
});

it("holds clients that have a cookie until it ends", async () => {
  const made = await twoGroups(240);
  const acts = [[60, () => made.weigh(0)]] as const;
  const incident = underLoad(made, { offered: [[0, 10]], propagationSeconds: 0, stickyShare: 0.5 }, { acts });

  await incident.run(7);

  const primary = requests(incident, made.primary);
  expect(primary[0]).toBe(600);
  expect(primary[1]).toBeGreaterThan(240);
  expect(primary[1]).toBeLessThan(300);
  expect(primary[2]).toBeGreaterThan(primary[3] ?? 0);
  expect(primary.slice(5)).toEqual([0, 0]);
});

it("holds nobody where stickiness is off", async () => {
  const made = await twoGroups();
  const acts = [[60, () => made.weigh(0)]] as const;
  const incident = underLoad(made, { offered: [[0, 10]], propagationSeconds: 0, stickyShare: 0.5 }, { acts });

  await incident.run(2);

  expect(requests(incident, made.primary)).toEqual([600, 0]);
});

it("adds targets some time after the load, up to the most there may be", async () => {
  const made = await twoGroups();
  const scaling = { above: 8, adds: 2, delaySeconds: 120, most: 5 };
  const incident = underLoad(made, { offered: [[0, 60]], groups: { [made.primary]: { capacity: 10, scaling } } });

  await incident.run(8);

  const healthy = incident.minutes.map(({ groups }) => groups[made.primary]?.healthy);
  expect(healthy).toEqual([2, 2, 4, 4, 5, 5, 5, 5]);
});

it("routes shares of the load by other rules than the default one", async () => {
  const made = await twoGroups();
  const Actions = [forward({ [made.standby]: 1 })];
  const Conditions = [{ Field: "path-pattern", Values: ["/cheap"] }];
  const rule = new CreateRuleCommand({ ListenerArn: made.listener, Priority: 1, Conditions, Actions });
  const { Rules } = await made.account.send(ELB, rule);
  const RuleArn = Rules?.[0]?.RuleArn ?? "";
  const remove = () => made.account.send(ELB, new DeleteRuleCommand({ RuleArn }));
  const offered: Offered = [[0, 10]];
  const incident = underLoad(
    made,
    { offered, rules: { [RuleArn]: 0.25 }, propagationSeconds: 0 },
    { acts: [[60, remove]] },
  );

  await incident.run(2);

  expect(requests(incident, made.standby)).toEqual([150, 0]);
  expect(requests(incident, made.primary)).toEqual([450, 600]);
});

it("loses all requests when the listener is gone, and measures none", async () => {
  const made = await twoGroups();
  const remove = () => made.account.send(ELB, new DeleteListenerCommand({ ListenerArn: made.listener }));
  const incident = underLoad(made, { offered: [[0, 10]] }, { acts: [[60, remove]] });

  await incident.run(3);

  expect(incident.minutes[2]).toMatchObject({ offered: 600, rejected: 600, groups: {} });
  expect(await metric(made, "RequestCount")).toEqual([600]);
});
