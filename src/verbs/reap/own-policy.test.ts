import { AssociateRouteTableCommand, CreateRouteTableCommand, CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { disk, group, instance, key, type ReapTrial, reapTrial, reasonOf } from "../../../tests/contract/builds.ts";
import type { Plan } from "../../model/plan.ts";
import { FAULTS } from "../../twin/faults.ts";
import { parseAge, parseNamePattern, type WrittenPolicy } from "./own-policy.ts";
import { reapResult } from "./result.ts";

type Match = WrittenPolicy["match"];

const by = (match: Match, action: WrittenPolicy["action"] = "remove") => ({
  policies: ["mine"],
  written: { mine: { match, action } },
  maxShare: 1,
});
const idsOf = (plan: Plan) => plan.steps.map(({ target }) => target.id).sort();
const tag = ({ account }: ReapTrial, id: string, Key: string, Value: string) =>
  account.send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));

describe("a policy of evenkeel.yaml", () => {
  it("removes what is of its types and has the name, and nothing else", async () => {
    const trial = await reapTrial();
    for (const name of ["build-1", "build-2", "rebuild-3", "other"]) await key(trial, name);
    await group(trial, "build-1");

    expect(idsOf(await trial.plan(by({ type: ["ec2:key-pair"], name: "build-*" })))).toEqual(["build-1", "build-2"]);
    expect(idsOf(await trial.plan(by({ type: ["ec2:key-pair"], name: "/^(re)?build-[13]$/" })))).toEqual([
      "build-1",
      "rebuild-3",
    ]);
  });

  it("asks for all of its tags, and for none of those that it excludes", async () => {
    const trial = await reapTrial();
    const [both, one, kept] = [await disk(trial), await disk(trial), await disk(trial)];
    for (const id of [both, one, kept]) await tag(trial, id, "env", "dev");
    for (const id of [both, kept]) await tag(trial, id, "team", "a");
    await tag(trial, kept, "keep", "yes");
    const match = { type: ["ec2:volume"], tags: ["env=dev", "team"], "not-tags": ["keep"] };

    expect(idsOf(await trial.plan(by(match))).every((id) => id === both)).toBe(true);
    expect(idsOf(await trial.plan(by({ ...match, tags: ["env=prod"] })))).toEqual([]);
  });

  it("leaves what is younger, and what AWS tells no date of, with the reason", async () => {
    const trial = await reapTrial();
    const old = await key(trial, "old");
    const undated = await group(trial, "undated");
    await trial.hours(71);
    await key(trial, "young");
    const match = { type: ["ec2:key-pair", "ec2:security-group"], name: "/old|young|undated/", age: "3d" };
    const before = await trial.plan(by(match));
    await trial.hours(1);
    const at = await trial.plan(by(match));

    expect(idsOf(before)).toEqual([]);
    expect(idsOf(at)).toEqual([old]);
    expect(reasonOf(at, undated)).toBe("AWS does not tell when it was created");
  });

  it("leaves what somebody uses, also where that would go as well, and what may be used", async () => {
    const trial = await reapTrial();
    const [used, free] = [await key(trial, "used"), await key(trial, "free")];
    const user = await instance(trial, { KeyName: used });
    const match = { type: ["ec2:key-pair"], unused: true } as const;
    const plan = await trial.plan(by(match));
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeInstances" }];
    const blind = await trial.plan(by(match));

    expect(idsOf(plan)).toEqual([free]);
    expect(reasonOf(plan, used)).toContain(`${user} uses it`);
    expect(idsOf(blind)).toEqual([]);
    expect(reasonOf(blind, free)).toMatch(/whether it is unused is not known/);
  });

  it("leaves what is attached to something that could do without it, but should not", async () => {
    const trial = await reapTrial();
    const { send } = trial.account;
    const { vpc: VpcId, subnet: SubnetId } = trial.network;
    const table = async () => (await send(EC2Client, new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId;
    const [routing, free] = [(await table()) ?? "", (await table()) ?? ""];
    await send(EC2Client, new AssociateRouteTableCommand({ RouteTableId: routing, SubnetId }));
    const plan = await trial.plan(by({ type: ["ec2:route-table"], unused: true }));

    expect(idsOf(plan)).toEqual([free]);
    expect(reasonOf(plan, routing)).toBe(`it is attached to ${SubnetId}`);
  });

  it("removes only what costs more, and says what has no price", async () => {
    const trial = await reapTrial();
    const id = await disk(trial);
    const [dear, cheap] = [await trial.plan(by(costing("0.000001"))), await trial.plan(by(costing("5")))];
    trial.account.twin.faults = [{ ...FAULTS.denied, service: "pricing" }];
    const { objects } = trial.context.store as unknown as { objects: Map<string, Buffer> };
    for (const path of objects.keys()) if (path.startsWith("prices/")) objects.delete(path);
    const unknown = await trial.plan(by(costing("0.000001")));

    expect(idsOf(dear)).toContain(id);
    expect([...cheap.steps, ...cheap.kept]).toEqual([]);
    expect(idsOf(unknown)).toEqual([]);
    expect(reasonOf(unknown, id)).toMatch(/what its storage costs is not known/);
  });

  it("reports without removing", async () => {
    const trial = await reapTrial();
    const id = await key(trial, "old");
    const plan = await trial.plan(by({ type: ["ec2:key-pair"] }, "report"));

    expect(idsOf(plan)).toEqual([]);
    expect(reasonOf(plan, id)).toBe("policy mine reports it");
  });

  it("leaves data alone that is only meant by its group, and keeps to the usual share", async () => {
    const trial = await reapTrial();
    await disk(trial);
    const ofGroup = await trial.plan(by({ type: ["storage"] }));
    const named = await trial.plan(by({ type: ["ec2:volume"] }));
    const usual = await trial.plan({ ...by({ type: ["ec2:volume"] }), maxShare: undefined });
    const tighter = await trial.plan({ ...by({ type: ["ec2:volume"] }), allowData: ["ec2:snapshot"] });

    expect(ofGroup.budget?.allowData).toEqual([]);
    expect(named.budget?.allowData).toEqual(["AWS::EC2::Volume"]);
    expect(usual.budget?.maxShare).toBe(0.2);
    expect(tighter.budget?.allowData).toEqual(["AWS::EC2::Snapshot"]);
  });

  it("is united with others: what one reports another may remove", async () => {
    const trial = await reapTrial();
    const orphan = await key(trial, trial.name("packer_"));
    await trial.hours(3);
    const written = { seen: { match: { type: ["ec2:key-pair"] }, action: "report" } } as const;
    const plan = await trial.plan({ policies: ["seen", "packer"], written });

    expect(idsOf(plan)).toEqual([orphan]);
    expect(plan.kept).toEqual([]);
    expect(plan.budget?.maxShare).toBe(1);
  });

  it("puts what it finds into quarantine, removes it when the time is over, and asks for one quarantine a run", async () => {
    const trial = await reapTrial();
    const id = await key(trial, "old");
    await key(trial, trial.name("packer_"));
    await trial.hours(3);
    const match = { type: ["ec2:key-pair"], name: "old" };
    const written = { mine: { match, action: "quarantine", quarantine: "1d" } } as const;
    const asked = { policies: ["mine"], written, maxShare: 1 };
    const first = await trial.reap(asked);
    await trial.hours(23);
    const within = await trial.plan(asked);
    await trial.hours(2);
    const after = await trial.plan(asked);

    expect(first.plan.steps.map(({ operation }) => operation)).toEqual(["quarantine"]);
    expect(reapResult(first.plan, first.outcomes, 0).quarantined.map((target) => target.id)).toEqual([id]);
    expect(within.steps).toEqual([]);
    expect(after.steps.map(({ operation, target }) => `${operation} ${target.id}`)).toEqual([`remove ${id}`]);
    await expect(trial.plan({ ...asked, policies: ["mine", "packer"] })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("is refused before any call when nobody has written it", async () => {
    const trial = await reapTrial();
    trial.account.twin.log.length = 0;

    await expect(trial.plan({ policies: ["paker"] })).rejects.toMatchObject({
      code: "USAGE",
      details: { hint: expect.stringContaining("did you mean packer?") },
    });
    await expect(trial.plan({ policies: ["toString"] })).rejects.toMatchObject({ code: "USAGE" });
    await expect(trial.plan({ policies: [] })).rejects.toMatchObject({ code: "USAGE" });
    expect(trial.account.twin.log).toEqual([]);
  });
});

const costing = (above: string): Match => ({ type: ["ec2:volume"], cost: { above } });

describe("a name pattern", () => {
  it.each([
    ["build-*", "build-", true],
    ["build-*", "rebuild-1", false],
    ["b?", "b1", true],
    ["b?", "b", false],
    ["a.b", "axb", false],
    ["[x]", "x", false],
    ["/x/", "axb", true],
    ["/^x$/", "axb", false],
  ])("%s and %s: %s", (pattern, name, matches) => {
    expect(parseNamePattern(pattern)(name)).toBe(matches);
  });

  it("is refused where it is no expression", () => {
    expect(() => parseNamePattern("/(/")).toThrow(/no regular expression/);
  });
});

describe("an age", () => {
  it("is in hours or days", () => {
    expect([parseAge("72h"), parseAge("3d")]).toEqual([259_200_000, 259_200_000]);
    for (const text of ["3", "0d", "-1h", "3w", "1.5h", "h", ""]) expect(() => parseAge(text), text).toThrow(/no age/);
  });
});
