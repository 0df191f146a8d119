import { DescribeSnapshotsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { edgeTrial, notApplied, reasonOf, removed, role, volume } from "../../../tests/contract/edges.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";

describe("what an earlier restore has kept of a volume", () => {
  it("stays in the next restore, though it is newer than the baseline", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const left = await volume(trial);
    const plan = await trial.planned({ noBackup: [] });
    expect(plan.steps.map(({ operation }) => operation)).toEqual(["back-up", "remove"]);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    await trial.hour();

    const { Snapshots = [] } = await trial.send(EC2Client, new DescribeSnapshotsCommand({ OwnerIds: ["self"] }));
    expect(Snapshots).toMatchObject([{ VolumeId: left, Tags: [{ Value: expect.stringMatching(/^evenkeel-/) }] }]);
    const again = await trial.planned();
    expect(removed(again)).toEqual([]);
    expect(reasonOf(again, Snapshots[0]?.SnapshotId ?? "")).toMatch(/a copy that Evenkeel has made/);
  });
});

describe("an endpoint that a pause has taken away", () => {
  it("keeps its configuration and its models as long as the record is armed, and comes back", async () => {
    const trial = await edgeTrial();
    const { send, context } = trial;
    await trial.baseline();
    const ExecutionRoleArn = `arn:aws:iam::${trial.connection.account}:role/${await role(trial, "models", "sagemaker.amazonaws.com")}`;
    for (const name of ["forecast", "spare"]) {
      await send(SageMakerClient, new CreateModelCommand({ ModelName: name, ExecutionRoleArn }));
      const one = {
        VariantName: "all",
        ModelName: name,
        InstanceType: "ml.m5.large",
        InitialInstanceCount: 1,
      } as const;
      await send(
        SageMakerClient,
        new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [one] }),
      );
    }
    const names = { EndpointName: "forecast", EndpointConfigName: "forecast" };
    await send(SageMakerClient, new CreateEndpointCommand(names));
    await trial.hour();
    const selection = { type: ["sagemaker:endpoint"], regions: [HERE] };
    const pause = await preparePause(context, { selection, extend: false });
    await executePause(context, pause, context.clock.now() + 168 * 3_600_000);
    await trial.hour();

    const plan = await trial.planned();
    expect(removed(plan)).toEqual(["spare", "spare"]);
    for (const { reason } of plan.kept.filter(({ target }) => target.id === "forecast"))
      expect(reason).toMatch(/armed pause record (holds it|needs it to put back)/);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect((await executeResume(context, await prepareResume(context, undefined))).closed).toBe(true);
  });
});
