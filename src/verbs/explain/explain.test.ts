import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { explainReport } from "../../report/explain.ts";
import { renderReport } from "../../report/format.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { explain } from "./explain.ts";

const READS = /^(Describe|List|Get|Head|Lookup|Batch)/;

async function trial() {
  const { context, twin } = await verbTrial();
  const plan = await preparePause(context, { selection: { regions: ["eu-west-1"] }, extend: false });
  const arnOf = (type: string, name?: string) =>
    plan.steps.find(({ target }) => target.type === type && (name === undefined || target.name === name))?.target.arn ??
    "";
  return { context, twin, plan, arnOf };
}

describe("explain", () => {
  it("tells links both ways, the planner's own verdict, order, costs and IAM actions, and changes nothing", async () => {
    const { context, twin, arnOf } = await trial();
    const member = arnOf("AWS::EC2::Instance", "web");
    const { edges, verdict, facts, records } = await explain(context, member);

    expect(verdict).toMatchObject({ kind: "step", stage: "compute", before: expect.arrayContaining(["controllers"]) });
    const group = { kind: "member-of", type: "AWS::AutoScaling::AutoScalingGroup", known: true };
    expect(edges).toContainEqual(expect.objectContaining({ ...group, direction: "to" }));
    expect(edges).toContainEqual(expect.objectContaining({ kind: "owns", direction: "from" }));
    expect(facts.pause?.iam.pause).toContain("ec2:StopInstances");
    expect(records).toEqual([]);
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
    const text = await renderReport(explainReport(await explain(context, member)), "table", { colour: false });
    expect(text).toMatch(/member of +AWS::AutoScaling::AutoScalingGroup/);
    expect(text).toContain("ec2:StopInstances");
  });

  it("says why a resource is kept, also in words of the guards", async () => {
    const { context, arnOf } = await trial();
    const arn = arnOf("AWS::EC2::Instance", "bastion");
    const guards = { protect: [{ key: "Name", value: "bastion" }] };

    expect((await explain({ ...context, guards }, arn)).verdict).toMatchObject({
      kind: "kept",
      reason: expect.stringContaining("guards.protect"),
    });
  });

  it("names the armed record that holds it", async () => {
    const { context, plan, arnOf } = await trial();
    const { record } = await executePause(context, plan, context.clock.now() + 1);
    const { records, verdict } = await explain(context, arnOf("AWS::EC2::Instance", "bastion"));

    expect(records).toEqual([record.id]);
    expect(verdict).toMatchObject({ kind: "kept", reason: expect.stringContaining("armed record") });
  });

  it("names it also where it is damaged", async () => {
    const { context, plan, arnOf } = await trial();
    const { record } = await executePause(context, plan, context.clock.now() + 1);
    await context.store.write(`accounts/${plan.account}/records/${record.id}.json`, Buffer.from("rubbish"));

    expect((await explain(context, arnOf("AWS::EC2::Instance", "bastion"))).records).toEqual([record.id]);
  });

  it("tells what a restore would do with it, in steps, with what goes along and what is asked for", async () => {
    const { context, arnOf } = await trial();
    const explained = await explain(context, arnOf("AWS::EC2::Instance", "bastion"));
    const { removal } = explained;

    expect(removal).toMatchObject({ kind: "steps" });
    if (removal.kind !== "steps") return;
    expect(removal.steps.map(({ operation }) => operation)).toEqual(["remove"]);
    expect(removal.along.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["AWS::EC2::Volume", "AWS::EC2::NetworkInterface"]),
    );
    const text = await renderReport(explainReport(explained), "table", { colour: false });
    expect(text).toMatch(/removal +EC2 instance bastion: terminated, if it is not in the baseline/);
    expect(text).toMatch(/takes along .*ec2:volume/);
    expect(text).toMatch(/IAM to remove .*ec2:TerminateInstances/);
  });

  it("asks for a word where the type holds data, and names the copy", async () => {
    const { context } = await trial();
    const { account } = context.connection;
    const explained = await explain(context, `arn:aws:dynamodb:us-east-1:${account}:table/carts`);
    const text = await renderReport(explainReport(explained), "table", { colour: false });

    expect(text).toMatch(/removal +DynamoDB table carts: deleted/);
    expect(text).toMatch(/first +DynamoDB table carts: a backup is made/);
    expect(text).toMatch(/asks for +--allow-data, as it removes dynamodb:table/);
    expect(JSON.parse(await renderReport(explainReport(explained), "json", { colour: false }))).toMatchObject({
      removal: { kind: "steps", asks: "removes dynamodb:table" },
    });
  });

  it("says who keeps it: what it is a member of, a guard, a listing that was not seen, a protected account", async () => {
    const { context, twin, arnOf } = await trial();
    const member = arnOf("AWS::EC2::Instance", "web");
    const bastion = arnOf("AWS::EC2::Instance", "bastion");
    const reasonOf = async (arn: string, change: Partial<typeof context> = {}) => {
      const { removal } = await explain({ ...context, ...change }, arn);
      return removal.kind === "kept" ? removal.reason : "";
    };

    expect(await reasonOf(member)).toMatch(/it belongs to .*Auto ?Scaling.* web, which stays/);
    expect(await reasonOf(bastion, { guards: { protect: [{ id: "bastion" }] } })).toContain("guards.protect");
    expect(await reasonOf(bastion, { guards: { protectedAccounts: [context.connection.account] } })).toContain(
      "guard protected-accounts",
    );
    twin.faults = [{ ...FAULTS.denied, service: "autoscaling", operation: "DescribeAutoScalingGroups" }];
    expect(await reasonOf(bastion)).toMatch(/AWS::AutoScaling::AutoScalingGroup in .* not completely seen/);
  });

  it("says what to do where the type is unknown, the resource is gone, or it is no ARN or another account's", async () => {
    const { context } = await trial();
    const codeOf = (text: string) => explain(context, text).catch((error: { code: string; details: object }) => error);
    const mine = `arn:aws:ec2:eu-west-1:${context.connection.account}`;

    expect(await codeOf(`${mine}:instance/i-0000000000000dead`)).toMatchObject({ code: "NOT_FOUND" });
    expect(await codeOf(`${mine}:spaceship/x`)).toMatchObject({
      code: "NOT_FOUND",
      details: { hint: expect.stringContaining("ec2:instance") },
    });
    expect(await codeOf("arn:aws:ec2:eu-west-1:999988887777:instance/i-0")).toMatchObject({ code: "OTHER_ACCOUNT" });
    expect(await codeOf("i-0")).toMatchObject({ code: "USAGE" });
  });
});
