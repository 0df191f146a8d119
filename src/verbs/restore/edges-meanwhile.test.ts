import { DeleteKeyPairCommand, DeleteVolumeCommand, EC2Client, StartInstancesCommand } from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import {
  type EdgeTrial,
  edgeTrial,
  endOf,
  groupIn,
  instance,
  keyPair,
  notApplied,
  removed,
  role,
  volume,
} from "../../../tests/contract/edges.ts";

const keysOf = (trial: EdgeTrial) => Object.values(trial.rows("ec2.key-pair")).map(({ KeyName }) => KeyName);

describe("what is born after the plan and uses something that was planned", () => {
  it.each([
    ["key pair", (trial: EdgeTrial) => keyPair(trial, "left-behind"), (id: string) => ({ KeyName: id })],
    [
      "security group",
      (trial: EdgeTrial) => groupIn(trial, "left-behind"),
      (id: string) => ({ SecurityGroupIds: [id] }),
    ],
  ])("an instance keeps its %s, and the rest goes", async (_, make, using) => {
    const trial = await edgeTrial();
    await trial.baseline();
    const [wanted, other] = [await make(trial), await volume(trial)];
    const plan = await trial.planned();
    expect(removed(plan).sort()).toEqual([wanted, other].sort());
    const born = await instance(trial, using(wanted));
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, wanted)).toMatch(new RegExp(`^skipped: .*${born} uses it since the plan was made`));
    expect(endOf(plan, outcomes, other)).toBe("applied");
    expect(trial.rows("ec2.instance")[born]).toMatchObject({ State: { Name: "running" } });
  });

  it("a function keeps its role", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const RoleName = await role(trial, "left-behind", "lambda.amazonaws.com");
    const plan = await trial.planned();
    expect(removed(plan)).toEqual([RoleName]);
    const Role = `arn:aws:iam::${trial.connection.account}:role/${RoleName}`;
    const code = { Code: { ZipFile: new Uint8Array([1]) }, Runtime: "nodejs22.x", Handler: "index.handler" } as const;
    await trial.send(LambdaClient, new CreateFunctionCommand({ FunctionName: "born", Role, ...code }));
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, RoleName)).toMatch(/^skipped: .*born uses it since the plan was made/);
    expect(trial.rows("iam.role", "global")).toHaveProperty([RoleName]);
  });

  it("an instance profile keeps its role", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const RoleName = await role(trial, "left-behind");
    const plan = await trial.planned();
    const InstanceProfileName = "born";
    await trial.send(IAMClient, new CreateInstanceProfileCommand({ InstanceProfileName }));
    await trial.send(IAMClient, new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, RoleName)).toMatch(/^skipped: .*born uses it since the plan was made/);
  });
});

describe("what somebody else does after the plan", () => {
  it("deletes first: that counts as done, and the rest goes", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const [first, second] = [await volume(trial), await volume(trial)];
    const key = await keyPair(trial, "left-behind");
    const machine = await instance(trial, { KeyName: key });
    const plan = await trial.planned();
    await trial.send(EC2Client, new DeleteVolumeCommand({ VolumeId: first }));
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, first)).toMatch(/^unchanged/);
    expect([second, key, machine].map((id) => endOf(plan, outcomes, id))).toEqual(["applied", "applied", "applied"]);
  });

  it("deletes between the look and the call: that counts as done, too", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const left = await volume(trial);
    const plan = await trial.planned();
    const gone = { code: "InvalidVolume.NotFound", message: "The volume does not exist.", status: 400 };
    trial.twin.faults = [{ kind: "lost-answer", ...gone, operation: "DeleteVolume", times: 1 }];

    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(trial.rows("ec2.volume")).not.toHaveProperty([left]);
  });

  it("makes another role of the same name: that one is not touched", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const RoleName = await role(trial, "left-behind");
    const plan = await trial.planned();
    await trial.send(IAMClient, new DeleteRoleCommand({ RoleName }));
    await role(trial, RoleName);
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, RoleName)).toMatch(/^skipped: someone changed it since the plan was made: .*RoleId/);
    expect(trial.rows("iam.role", "global")).toHaveProperty([RoleName]);
  });

  it("makes another key pair of the same name: that one is not touched", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const KeyName = await keyPair(trial, "left-behind");
    const plan = await trial.planned();
    await trial.send(EC2Client, new DeleteKeyPairCommand({ KeyName }));
    await keyPair(trial, KeyName);
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, KeyName)).toMatch(/^skipped: someone changed it/);
    expect(keysOf(trial)).toContain(KeyName);
  });

  it("creates something new: nothing that the plan does not name is touched", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const left = await volume(trial);
    const plan = await trial.planned();
    const [fresh, machine] = [await volume(trial), await instance(trial)];
    await trial.hour();
    await trial.send(EC2Client, new StartInstancesCommand({ InstanceIds: [machine] }));
    const outcomes = await trial.run(plan);

    expect(endOf(plan, outcomes, left)).toBe("applied");
    expect(Object.keys(trial.rows("ec2.volume"))).toContain(fresh);
    expect(trial.rows("ec2.instance")[machine]).toMatchObject({ State: { Name: "running" } });
  });
});

it("keeps what somebody begins to use while its removal waits for something else to let go", async () => {
  const trial = await edgeTrial();
  await trial.baseline();
  const KeyName = await keyPair(trial, "left-behind");
  const plan = await trial.planned();
  const held = { kind: "error", code: "ResourceInUse", message: "it is in use", status: 400 } as const;
  trial.twin.faults = [{ ...held, operation: "DeleteKeyPair", times: 1 }];
  const { push } = trial.twin.log;
  let born: Promise<string> | undefined;
  trial.twin.log.push = (...calls) => {
    if (calls.some(({ operation }) => operation === "DeleteKeyPair")) born ??= instance(trial, { KeyName });
    return push.apply(trial.twin.log, calls);
  };
  const outcomes = await trial.run(plan);

  expect(endOf(plan, outcomes, KeyName)).toMatch(new RegExp(`${await born} uses it since the plan was made`));
  expect(keysOf(trial)).toEqual([KeyName]);
});
