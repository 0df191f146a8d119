import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type SuspendedState,
} from "@aws-sdk/client-application-auto-scaling";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceRequest,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { FAULTS, type Fault } from "../../twin/faults.ts";
import { readScope, writeScope } from "../scope.ts";
import { charges } from "./service-charges.ts";
import { pause } from "./service-pause.ts";

const ID = "shop/web";

async function create({ send }: TestAccount, more: Partial<CreateServiceRequest> = {}): Promise<string> {
  await send(ECSClient, new CreateClusterCommand({ clusterName: "shop" }));
  const containerDefinitions = [{ name: "web", image: "nginx", memory: 128 }];
  const size = { cpu: "256", memory: "512" };
  await send(ECSClient, new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions, ...size }));
  const service = { cluster: "shop", serviceName: "web", taskDefinition: "web", desiredCount: 3 };
  await send(ECSClient, new CreateServiceCommand({ ...service, ...more }));
  return ID;
}

const TARGET = {
  ServiceNamespace: "ecs",
  ResourceId: `service/${ID}`,
  ScalableDimension: "ecs:service:DesiredCount",
} as const;

/** A service that scales between 2 and 6 tasks; its owner suspended scaling in. */
async function scaled(account: TestAccount): Promise<string> {
  await create(account);
  const SuspendedState: SuspendedState = { DynamicScalingInSuspended: true };
  const target = { ...TARGET, MinCapacity: 2, MaxCapacity: 6, SuspendedState };
  await account.send(ApplicationAutoScalingClient, new RegisterScalableTargetCommand(target));
  return ID;
}

pauseSuite("AWS::ECS::Service", {
  seed: scaled,
  unusedActions: { "ecs:DescribeTaskDefinition": "of services on Fargate only, for their price" },
  keeps: [
    { why: /daemon/, seed: (account) => create(account, { schedulingStrategy: "DAEMON" }) },
    { why: /CODE_DEPLOY/, seed: (account) => create(account, { deploymentController: { type: "CODE_DEPLOY" } }) },
    { why: /EXTERNAL/, seed: (account) => create(account, { deploymentController: { type: "EXTERNAL" } }) },
    { why: /nothing runs in it/, seed: (account) => create(account, { desiredCount: 0 }) },
  ],
});

describe("an ECS service on Fargate", () => {
  const onFargate = async (fault?: Fault) => {
    const account = await testAccount();
    await create(account, { launchType: "FARGATE" });
    if (fault) account.twin.faults.push(fault);
    const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
    const state = await pause.capture(scope, ID);
    const configuration = { launchType: "FARGATE", desiredCount: 3 };
    return { state, charged: charges({ configuration } as never, state) };
  };

  it("costs by the CPU and memory of its tasks", async () => {
    const { charged } = await onFargate();

    expect(charged).toEqual([
      expect.objectContaining({ part: "tasks, vCPU", units: "0.75" }),
      expect.objectContaining({ part: "tasks, memory", units: "1.5" }),
    ]);
  });

  it("can be paused, and has no price, where its task definition can't be read", async () => {
    const { state, charged } = await onFargate({ ...FAULTS.denied, operation: "DescribeTaskDefinition" });

    expect(state?.phase).toBe("running");
    expect(charged).toEqual([expect.objectContaining({ part: "tasks", unpriced: expect.any(String) })]);
  });
});

describe("an ECS service with a scalable target", () => {
  async function tried() {
    const account = await testAccount();
    await scaled(account);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const capture = async () => {
      await account.twin.clock.sleep(600_000);
      const state = await pause.capture(scope, ID);
      if (!state) throw new Error("it is gone");
      return state;
    };
    const target = async () => {
      const query = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" });
      return (await account.send(ApplicationAutoScalingClient, query)).ScalableTargets?.[0];
    };
    return { account, scope, capture, target, before: await capture() };
  }

  it("is suspended and freed of its minimum in one call, before its count is set", async () => {
    const { account, scope, target, before } = await tried();
    account.calls.length = 0;
    await pause.stop(scope, ID, before.saved);

    expect(account.calls).toEqual(["application-autoscaling:RegisterScalableTarget", "ecs:UpdateService"]);
    expect(await target()).toMatchObject({
      MinCapacity: 0,
      MaxCapacity: 6,
      SuspendedState: {
        DynamicScalingInSuspended: true,
        DynamicScalingOutSuspended: true,
        ScheduledScalingSuspended: true,
      },
    });
  });

  it("gets its count back first, and what its owner had suspended stays suspended", async () => {
    const { account, scope, capture, target, before } = await tried();
    await pause.stop(scope, ID, before.saved);
    expect((await capture()).phase).toBe("paused");
    account.calls.length = 0;
    await pause.resume(scope, ID, before.saved);

    expect(account.calls).toEqual(["ecs:UpdateService", "application-autoscaling:RegisterScalableTarget"]);
    expect(await target()).toMatchObject({
      MinCapacity: 2,
      SuspendedState: {
        DynamicScalingInSuspended: true,
        DynamicScalingOutSuspended: false,
        ScheduledScalingSuspended: false,
      },
    });
    expect((await capture()).saved).toEqual(before.saved);
  });

  it("is not resumed while its target is still suspended by the pause", async () => {
    const { account, scope, capture, before } = await tried();
    await pause.stop(scope, ID, before.saved);
    await account.send(ECSClient, new UpdateServiceCommand({ cluster: "shop", service: "web", desiredCount: 3 }));
    expect(pause.resumed(before.saved, await capture()).phase).toBe("ready");

    await pause.resume(scope, ID, before.saved);
    expect(pause.resumed(before.saved, await capture())).toEqual({ phase: "done", differs: [] });
  });

  it("moves until its tasks follow, both ways", async () => {
    const { account, scope, before } = await tried();
    await pause.stop(scope, ID, before.saved);
    expect(await pause.capture(scope, ID)).toMatchObject({ phase: "moving", words: "3 of 0 tasks" });
    await account.twin.clock.sleep(600_000);
    await pause.resume(scope, ID, before.saved);

    expect(await pause.capture(scope, ID)).toMatchObject({ phase: "moving", words: "0 of 3 tasks" });
  });
});

it("leaves a service without a target without one", async () => {
  const account = await testAccount();
  await create(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const saved = (await pause.capture(scope, ID))?.saved ?? {};
  await pause.stop(scope, ID, saved);
  await pause.resume(scope, ID, saved);

  expect(account.calls.filter((call) => call.endsWith("RegisterScalableTarget"))).toEqual([]);
  const answer = await account.send(ECSClient, new DescribeServicesCommand({ cluster: "shop", services: ["web"] }));
  expect(answer.services?.[0]?.desiredCount).toBe(3);
});

it("does not wait for tasks that can't be placed before it pauses, but for all of them on the way back", () => {
  const saved = { desiredCount: 3, scheduling: "REPLICA", controller: "ECS" };
  const now = { phase: "running", saved, words: "1 of 3 tasks", live: { running: 1 } } as const;

  expect(pause.eligible(now, {} as never).kind).toBe("eligible");
  expect(pause.resumed(saved, now).phase).toBe("moving");
});
