import {
  CreateLaunchTemplateCommand,
  CreateTagsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import {
  address,
  build,
  disk,
  group,
  instance,
  key,
  present,
  reapTrial,
  reasonOf,
  role,
} from "../../../tests/contract/builds.ts";

describe("the packer policy", () => {
  it("removes what builds have left, and nothing else", async () => {
    const trial = await reapTrial();
    const { account, name } = trial;
    const rows: { readonly what: string; readonly id: string; readonly goes: boolean }[] = [];
    const goes = (what: string, id: string) => rows.push({ what, id, goes: true });
    const stays = (what: string, id: string) => rows.push({ what, id, goes: false });

    const shared = await group(trial, "web");
    const both = await group(trial, name("packer_"), "Temporary group for Packer");
    const zombie = await build(trial, { groups: [shared, both] });
    goes("a running zombie", zombie.id);
    goes("its key pair", zombie.key);
    goes("its group", zombie.group);
    stays("a person's group on a zombie and on a healthy instance", shared);
    stays("a build's group on a zombie and on a healthy instance", both);
    stays("a healthy instance", await instance(trial, { groups: [shared, both] }));
    goes("the address of a zombie", await address(trial, zombie.id));
    goes("a disk attached to a zombie alone", await disk(trial, zombie.id));
    const stopped = await build(trial);
    await account.send(EC2Client, new StopInstancesCommand({ InstanceIds: [stopped.id] }));
    goes("a stopped zombie", stopped.id);
    goes("the key pair of a stopped zombie", stopped.key);
    goes("the group of a stopped zombie", stopped.group);
    const mine = await group(trial, "only-mine");
    goes(
      "a zombie with a key that a person named",
      (await build(trial, { KeyName: await key(trial, "packer_x"), groups: [mine] })).id,
    );
    stays("a person's group on a zombie alone", mine);
    goes("a zombie whose key is named packer_", (await build(trial, { KeyName: await key(trial, "packer_") })).id);
    for (const other of ["packer", "Packer_x", "xpacker_", "jetpacker_x"])
      stays(`an instance with key ${other}`, await instance(trial, { KeyName: await key(trial, other) }));
    stays("an instance without a key", await instance(trial));
    const guarded = await build(trial);
    const on = { InstanceId: guarded.id, DisableApiTermination: { Value: true } };
    await account.send(EC2Client, new ModifyInstanceAttributeCommand(on));
    stays("a zombie with termination protection", guarded.id);
    stays("its key pair", guarded.key);
    const kept = await build(trial);
    const protect = { Resources: [kept.id], Tags: [{ Key: "evenkeel:protect", Value: "yes" }] };
    await account.send(EC2Client, new CreateTagsCommand(protect));
    stays("a zombie with the protect tag", kept.id);
    stays("the group of a protected zombie", kept.group);

    const temporary = await role(trial, name("packer-"), ["ec2"], { profile: true });
    goes("the role of a zombie", temporary);
    goes("the profile of a zombie", `profile/${temporary}`);
    goes("its zombie", (await build(trial, { IamInstanceProfile: { Name: temporary } })).id);
    const usual = await role(trial, "packer-builders", ["ec2"], { profile: true });
    goes("a zombie with a person's profile", (await build(trial, { IamInstanceProfile: { Name: usual } })).id);
    stays("the role packer-builders", usual);
    stays("the profile packer-builders", `profile/${usual}`);
    const wide = await role(trial, name("packer-"), ["ec2", "lambda"], { profile: true });
    goes("another zombie", (await build(trial, { IamInstanceProfile: { Name: wide } })).id);
    goes("the profile of another zombie", `profile/${wide}`);
    stays("its role, which Lambda may assume, too", wide);
    const lasting = { MarketType: "spot", SpotOptions: { SpotInstanceType: "persistent" } } as const;
    goes("a zombie of a persistent Spot request", (await build(trial, { InstanceMarketOptions: lasting })).id);

    goes("an orphaned role", await role(trial, name("packer-"), ["ec2"]));
    goes(
      "a role with Packer's description",
      await role(trial, "packer-run", ["ec2"], { Description: "Temporary role for Packer" }),
    );
    stays("a role of CodeBuild named packer-builder", await role(trial, "packer-builder", ["codebuild"]));
    stays("a role with a UUID that Lambda may assume, too", await role(trial, name("packer-"), ["ec2", "lambda"]));
    stays("a person's role", await role(trial, "jetpacker-role", ["ec2"]));

    goes("an orphaned key pair", await key(trial, name("packer_")));
    goes("an orphaned key pair of an old release", await key(trial, name("packer ")));
    stays("a key pair with a space and no UUID", await key(trial, "packer laptop"));
    goes("an orphaned group", await group(trial, name("packer_")));
    stays("a group named packer_ that tells no age", await group(trial, "packer_web"));
    stays("a group of jetpacker", await group(trial, name("jetpacker_")));
    stays("the group packer-builders-shared", await group(trial, "packer-builders-shared"));
    const used = await key(trial, name("packer_"));
    const template = { LaunchTemplateName: "mine", LaunchTemplateData: { KeyName: used } };
    const made = await account.send(EC2Client, new CreateLaunchTemplateCommand(template));
    stays("a person's launch template", made.LaunchTemplate?.LaunchTemplateId ?? "");
    stays("a build's key pair that it names", used);
    const spot = await key(trial, name("packer_"));
    const ofSpot = await account.send(
      EC2Client,
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "packer-fleet-launch-template-aB3dE6g",
        VersionDescription: "template generated by packer for launching spot instances",
        LaunchTemplateData: { KeyName: spot },
      }),
    );
    goes("a Spot build's launch template", ofSpot.LaunchTemplate?.LaunchTemplateId ?? "");
    goes("the key pair that it names", spot);
    stays("a free disk", await disk(trial));
    const left = await disk(trial);
    await account.send(
      EC2Client,
      new CreateTagsCommand({ Resources: [left], Tags: [{ Key: "Name", Value: "Packer Builder" }] }),
    );
    goes("a free disk named Packer Builder", left);
    stays("a free address", await address(trial));

    await trial.hours(5);
    const young = await build(trial);
    stays("a build under way", young.id);
    stays("the key pair of a build under way", young.key);
    stays("the group of a build under way", young.group);
    stays("a young key pair", await key(trial, name("packer_")));
    stays("a young role", await role(trial, name("packer-"), ["ec2"]));
    await trial.hours(1);

    const { plan, outcomes } = await trial.reap();
    const there = await present(trial);

    const tell = (each: (typeof rows)[number], gone: boolean) =>
      `${gone ? "goes " : "stays"} | ${each.what} | ${reasonOf(plan, each.id) ?? ""}`;
    expect(rows.map((each) => tell(each, !there.has(each.id))).join("\n")).toBe(
      rows.map((each) => tell(each, each.goes)).join("\n"),
    );
    expect([...outcomes.values()].filter(({ kind }) => kind !== "applied")).toEqual([]);
    expect((await trial.plan()).steps).toEqual([]);
  });
});
