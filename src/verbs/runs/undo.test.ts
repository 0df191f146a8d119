import { CreateTagsCommand, DeleteTagsCommand, EC2Client, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { DAY_MS, dyingAt, INSTANCE, launch, quarantineTrial } from "../../../tests/contract/quarantine.ts";
import { planOf } from "../../../tests/contract/removal-suite.ts";
import { readScope } from "../../catalog/scope.ts";
import { pauseOf } from "../../engine/pause-executor.ts";
import type { Plan } from "../../model/plan.ts";
import { planSchema } from "../../model/plan-schema.ts";
import { QUARANTINE_TAG } from "../../model/quarantine.ts";
import type { ResourceType } from "../../model/resource.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeRemoval } from "../removal/execute.ts";
import { executeContinue, prepareContinue } from "./continue.ts";
import { runsOf } from "./runs.ts";
import { executeUndo, prepareUndo } from "./undo.ts";

type Trial = Awaited<ReturnType<typeof quarantineTrial>>;
const stepsOf = ({ steps }: Plan) => steps.map(({ operation, way }) => `${operation} ${way}`);
const reasonsOf = ({ kept }: Plan) => kept.map(({ reason }) => reason);

async function stateOf({ context }: Trial, type: ResourceType, id: string) {
  const scope = readScope(context.connection, HERE, { signal: context.signal });
  return (await pauseOf(type)).capture(scope, id);
}

async function newestRun({ context }: Trial): Promise<string> {
  return (await runsOf(context, context.connection.account))[0]?.id ?? "";
}

async function database(trial: Trial): Promise<string> {
  const DBInstanceIdentifier = "left-behind";
  const asked = { DBInstanceIdentifier, DBInstanceClass: "db.t3.micro", Engine: "postgres", AllocatedStorage: 20 };
  const secret = { MasterUsername: "me", MasterUserPassword: "12345678", Tags: [{ Key: "owner", Value: "me" }] };
  await trial.send(RDSClient, new CreateDBInstanceCommand({ ...asked, ...secret }));
  await trial.twin.clock.sleep(DAY_MS);
  return DBInstanceIdentifier;
}

const MADE: readonly (readonly [ResourceType, (trial: Trial) => Promise<string>, string[]])[] = [
  [INSTANCE, (trial) => launch(trial), ["StartInstances", "DeleteTags"]],
  ["AWS::RDS::DBInstance", database, ["StartDBInstance", "UntagResources"]],
];

describe("undo of a quarantine", () => {
  it.each(MADE)("starts %s again as it was, and takes its tag away last", async (type, make, calls) => {
    const trial = await quarantineTrial();
    const id = await make(trial);
    const before = { state: await stateOf(trial, type, id), tags: (await trial.read(type, id, HERE))?.tags };
    const { run } = await trial.quarantine(type, [id]);
    await trial.twin.clock.sleep(DAY_MS);
    trial.changes();

    const plan = await prepareUndo(trial.context, run);
    expect(planSchema.safeParse(plan).error).toBeUndefined();
    expect(trial.changes()).toEqual([]);
    expect(stepsOf(plan)).toEqual(["release stop"]);
    const { outcomes } = await executeUndo(trial.context, plan);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(trial.changes()).toEqual(calls);
    const after = await stateOf(trial, type, id);
    const resumed = after && (await pauseOf(type)).resumed(before.state?.saved ?? {}, after);
    expect(resumed?.phase).toBe("done");
    for (const { field, because } of resumed?.differs ?? []) expect(because, field).toBeDefined();
    expect((await trial.read(type, id, HERE))?.tags).toEqual(before.tags);
  });

  it("gives a role its rights back, and leaves nothing of the quarantine", async () => {
    const trial = await quarantineTrial();
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    await trial.send(IAMClient, new CreateRoleCommand({ RoleName: "old", AssumeRolePolicyDocument }));
    await trial.twin.clock.sleep(DAY_MS);
    const before = await trial.read("AWS::IAM::Role", "old");
    const { run } = await trial.quarantine("AWS::IAM::Role", ["old"]);
    trial.changes();
    await executeUndo(trial.context, await prepareUndo(trial.context, run));

    expect(trial.changes()).toEqual(["DeleteRolePolicy", "UntagRole"]);
    expect(await trial.read("AWS::IAM::Role", "old")).toEqual(before);
  });

  it("is not stopped half way by a budget", async () => {
    const trial = await quarantineTrial();
    const { run } = await trial.quarantine(INSTANCE, [await launch(trial)]);
    const tight = { ...trial.context, guards: { maxSteps: 0, maxShare: 0.01 } };
    const { outcomes } = await executeUndo(tight, await prepareUndo(tight, run));
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
  });

  it("has nothing left to do the second time", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const { run } = await trial.quarantine(INSTANCE, [id]);
    await executeUndo(trial.context, await prepareUndo(trial.context, run));
    const again = await prepareUndo(trial.context, run);

    expect(again.steps).toEqual([]);
    expect(reasonsOf(again)).toEqual([`it is not in quarantine any more: its tag ${QUARANTINE_TAG} is gone`]);
  });

  it("leaves what someone has released, put off or removed meanwhile", async () => {
    const later = { Key: QUARANTINE_TAG, Value: "2040-01-01T00:00:00Z" };
    const changes = [
      [(id: string) => new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: QUARANTINE_TAG }] }), /is gone$/],
      [(id: string) => new CreateTagsCommand({ Resources: [id], Tags: [later] }), /2040.*has not set$/],
      [(id: string) => new TerminateInstancesCommand({ InstanceIds: [id] }), /^it is gone$/],
    ] as const;
    for (const [change, why] of changes)
      for (const when of ["before the plan", "after the plan"]) {
        const trial = await quarantineTrial();
        const id = await launch(trial);
        const { run } = await trial.quarantine(INSTANCE, [id]);
        const planned = await prepareUndo(trial.context, run);
        await trial.send(EC2Client, change(id) as CreateTagsCommand);
        await trial.twin.clock.sleep(DAY_MS / 48);
        trial.changes();
        if (when === "after the plan") {
          const { outcomes } = await executeUndo(trial.context, planned);
          expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["skipped"]);
        } else expect(reasonsOf(await prepareUndo(trial.context, run))).toEqual([expect.stringMatching(why)]);
        expect(trial.changes()).toEqual([]);
      }
  });

  it("takes back one that was killed between tag and stop, and the run is not gone on with then", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const { context } = trial;
    const plan = await planOf(context, INSTANCE, [id], { quarantine: "7d" });
    await expect(executeRemoval(dyingAt(context, "StopInstances"), plan)).rejects.toThrow("killed");
    const run = await newestRun(trial);
    trial.changes();
    const { outcomes } = await executeUndo(context, await prepareUndo(context, run));

    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(trial.changes()).toEqual(["DeleteTags"]);
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "running", tags: {} });
    await expect(prepareContinue(context, run)).rejects.toMatchObject({ message: expect.stringContaining("undo it") });
  });

  it.each(["StartInstances", "DeleteTags"])(
    "is finished, by itself or anew, where it was killed at %s",
    async (call) => {
      for (const how of ["continued", "anew"]) {
        const trial = await quarantineTrial();
        const id = await launch(trial);
        const { context } = trial;
        const { run } = await trial.quarantine(INSTANCE, [id]);
        const plan = await prepareUndo(context, run);
        await expect(executeUndo(dyingAt(context, call), plan)).rejects.toThrow("killed");
        await trial.twin.clock.sleep(60_000);
        if (how === "anew") await executeUndo(context, await prepareUndo(context, run));
        else await executeContinue(context, await prepareContinue(context, await newestRun(trial)));
        expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "running", tags: {} });
      }
    },
  );

  it("takes the tag away only when it really runs again", async () => {
    const trial = await quarantineTrial();
    const id = await database(trial);
    const { run } = await trial.quarantine("AWS::RDS::DBInstance", [id]);
    const dying = dyingAt(trial.context, "UntagResources");
    await expect(executeUndo(dying, await prepareUndo(trial.context, run))).rejects.toThrow("killed");
    expect((await trial.read("AWS::RDS::DBInstance", id, HERE))?.state).toBe("available");
  });

  it("keeps the tag of what could not be started, so that it can be tried again", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const { run } = await trial.quarantine(INSTANCE, [id]);
    trial.twin.faults = [{ ...FAULTS.noCapacity, service: "ec2", operation: "StartInstances" }];
    const { outcomes } = await executeUndo(trial.context, await prepareUndo(trial.context, run));
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["deferred"]);
    trial.twin.faults = [];
    await executeUndo(trial.context, await prepareUndo(trial.context, run));
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "running", tags: {} });
  });

  it("tells of what was removed where its configuration and its copy are", async () => {
    const trial = await quarantineTrial();
    const id = await database(trial);
    const { run } = await executeRemoval(trial.context, await planOf(trial.context, "AWS::RDS::DBInstance", [id]));
    const plan = await prepareUndo(trial.context, run);

    expect(plan.steps).toEqual([]);
    expect(reasonsOf(plan)).toEqual([
      expect.stringMatching(
        /^it was removed.*\/exports\/restore-.*json; its copy is evenkeel-left-behind-\d+ in eu-west-1$/,
      ),
    ]);
  });

  it("is refused for a pause, for an undo, and for a damaged plan", async () => {
    const trial = await quarantineTrial();
    await launch(trial);
    const { context } = trial;
    const selection = { type: ["ec2:instance"], regions: [HERE] };
    const paused = await executePause(
      context,
      await preparePause(context, { selection, extend: false }),
      context.clock.now() + DAY_MS,
    );
    await expect(prepareUndo(context, paused.run)).rejects.toMatchObject({
      code: "REFUSED",
      details: { hint: "`evenkeel resume`" },
    });
    await expect(prepareUndo(context, "restore-0123456789ab-1")).rejects.toMatchObject({ code: "NO_RUN" });

    const other = await quarantineTrial();
    const { run } = await other.quarantine(INSTANCE, [await launch(other)]);
    const undone = await executeUndo(other.context, await prepareUndo(other.context, run));
    await expect(prepareUndo(other.context, undone.run)).rejects.toMatchObject({ code: "REFUSED" });
    const { objects } = other.context.store as unknown as { readonly objects: Map<string, Buffer> };
    for (const [path, content] of objects)
      if (path.endsWith(`${run}.plan.json`))
        objects.set(path, Buffer.from(content.toString().replace("test wants", "test want")));
    await expect(prepareUndo(other.context, run)).rejects.toMatchObject({ message: expect.stringContaining("digest") });
  });

  it("is refused while the run is under way", async () => {
    const trial = await quarantineTrial();
    const { run } = await trial.quarantine(INSTANCE, [await launch(trial)]);
    const { objects } = trial.context.store as unknown as { readonly objects: Map<string, Buffer> };
    const [path = "", content] = [...objects].find(([each]) => each.endsWith(run)) ?? [];
    objects.set(path, Buffer.from((content?.toString() ?? "").split("\n").slice(0, 2).join("\n").concat("\n")));
    const from = { where: "command line", host: "elsewhere", user: "me", version: "1", pid: 1 } as const;
    await expect(prepareUndo({ ...trial.context, from }, run)).rejects.toMatchObject({ code: "REFUSED" });
  });
});
