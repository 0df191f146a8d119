import { AuthorizeSecurityGroupIngressCommand, EC2Client } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { edgeTrial, groupIn, reasonOf, removed, stack } from "../../../tests/contract/edges.ts";

describe("a stack stays", () => {
  it.each([
    ["by name", (queue: string) => ({ exclude: [queue] })],
    ["by type", () => ({ excludeType: ["sqs:queue"] })],
  ])("whose part is excluded %s", async (_, excluding) => {
    const trial = await edgeTrial();
    await trial.baseline();
    const name = (await stack(trial)).split("/").at(-1) ?? "";
    const plan = await trial.planned({ selection: { regions: [HERE], ...excluding(name) } });

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "shop")).toMatch(/would take .* along: it is excluded by the selection/);
  });

  it("whose part is the baseline's", async () => {
    const trial = await edgeTrial();
    const kept = await groupIn(trial, "old");
    await trial.baseline();
    await stack(trial);
    const [row] = Object.values(trial.rows("cloudformation.stack")) as unknown as { resources: object[] }[];
    const part = { LogicalResourceId: "Old", ResourceType: "AWS::EC2::SecurityGroup", PhysicalResourceId: kept };
    row?.resources.push({ ...part, ResourceStatus: "CREATE_COMPLETE", LastUpdatedTimestamp: "2026-01-01T00:00:00Z" });
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, "shop")).toMatch(/would take .* along: it is in baseline/);
  });
});

it("a security group of the baseline that lets an added one in keeps that", async () => {
  const trial = await edgeTrial();
  const old = await groupIn(trial, "old");
  await trial.baseline();
  const [used, unused] = [await groupIn(trial, "used"), await groupIn(trial, "unused")];
  const IpPermissions = [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: used }] }];
  await trial.send(EC2Client, new AuthorizeSecurityGroupIngressCommand({ GroupId: old, IpPermissions }));
  const plan = await trial.planned();

  expect(removed(plan)).toEqual([unused]);
  expect(reasonOf(plan, used)).toMatch(/SecurityGroup old uses it, and stays/);
});
