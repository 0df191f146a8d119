import {
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  DeleteProjectCommand,
  UpdateProjectCommand,
} from "@aws-sdk/client-codebuild";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { memoryHost } from "../../io/memory.ts";
import { redactor } from "../../model/redact.ts";
import type { Found } from "../contract.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./project.facts.ts";
import entry from "./project.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `build-${letter}`);

async function project({ send }: TestAccount, name: string, more: Partial<CreateProjectCommandInput> = {}) {
  const environmentVariables = [{ name: "TOKEN", value: "s3cr3t-of-the-shop" }];
  const settings: Omit<CreateProjectCommandInput, "name"> = {
    source: { type: "GITHUB", location: "https://github.com/acme/shop.git" },
    artifacts: { type: "NO_ARTIFACTS" },
    environment: {
      type: "LINUX_CONTAINER",
      image: "aws/codebuild/standard:7.0",
      computeType: "BUILD_GENERAL1_SMALL",
      environmentVariables,
    },
    serviceRole: "arn:aws:iam::111111111111:role/packer-builder",
    tags: [{ key: "team", value: "sales" }],
  };
  await send(CodeBuildClient, new CreateProjectCommand({ name, ...settings, ...more }));
  return name;
}

const scopeOf = ({ connection }: TestAccount) => readScope(connection, HERE, { signal: new AbortController().signal });

contractSuite("AWS::CodeBuild::Project", {
  seed: async (account) => {
    for (const name of NAMES) await project(account, name);
    return NAMES;
  },
  remove: ({ send }, name) => send(CodeBuildClient, new DeleteProjectCommand({ name })),
  change: ({ send }, name) => send(CodeBuildClient, new UpdateProjectCommand({ name, timeoutInMinutes: 90 })),
});

removalSuite("AWS::CodeBuild::Project", {
  seed: async (account) => {
    await project(account, "other");
    return project(account, "shop");
  },
});

it("lists more than one page of AWS's", async () => {
  const account = await testAccount();
  const names = Array.from({ length: 203 }, (_, at) => `build-${String(at).padStart(3, "0")}`);
  for (const name of names) await project(account, name);
  const listed: string[] = [];
  for await (const { id } of entry.list(scopeOf(account))) listed.push(id);

  expect(listed).toEqual(names);
  expect(account.calls.filter((call) => call === "codebuild:BatchGetProjects")).toHaveLength(3);
});

it("reads many side by side in few calls, the missing among them", async () => {
  const account = await testAccount();
  for (const name of NAMES) await project(account, name);
  const read = await Promise.all([...NAMES, "no-such"].map((name) => entry.read(scopeOf(account), name)));

  expect(read.map((each) => each?.id)).toEqual([...NAMES, undefined]);
  expect(account.calls.length).toBeLessThanOrEqual(2);
});

describe("a project as it is stored", () => {
  const stored = async (more?: Partial<CreateProjectCommandInput>) => {
    const account = await testAccount();
    const found = (await entry.read(scopeOf(account), await project(account, "shop", more))) as Found;
    const { account: id, partition } = account.connection;
    return toResource(facts, found, { account: id, partition, region: HERE, redact: redactor(Buffer.from("key")) });
  };

  it("has no value of an environment variable", async () => {
    expect(JSON.stringify(await stored())).not.toContain("s3cr3t");
  });

  it("is linked to its roles, its network, its log group, and to the bucket of its artifacts alone", async () => {
    const { links } = await stored({
      artifacts: { type: "S3", location: "shop-artifacts" },
      secondaryArtifacts: [
        { type: "S3", location: "shop-reports", artifactIdentifier: "reports" },
        { type: "CODEPIPELINE", artifactIdentifier: "pipe" },
      ],
      cache: { type: "S3", location: "shop-cache/builds" },
      vpcConfig: { vpcId: "vpc-1", subnets: ["subnet-1"], securityGroupIds: ["sg-1"] },
      logsConfig: { cloudWatchLogs: { status: "ENABLED", groupName: "builds" } },
      buildBatchConfig: { serviceRole: "arn:aws:iam::111111111111:role/batch" },
    });

    expect(links.map(({ type, to }) => `${type.split("::")[2]} ${to}`).sort()).toEqual([
      "Bucket shop-artifacts",
      "Bucket shop-reports",
      "Key arn:aws:kms:eu-west-1:111111111111:alias/aws/s3",
      "LogGroup builds",
      "Role arn:aws:iam::111111111111:role/batch",
      "Role arn:aws:iam::111111111111:role/packer-builder",
      "SecurityGroup sg-1",
      "Subnet subnet-1",
      "VPC vpc-1",
    ]);
  });

  it("is linked to no bucket where its artifacts go nowhere", async () => {
    const { links } = await stored({ artifacts: { type: "NO_ARTIFACTS", location: "not-a-bucket" } });
    expect(links.filter(({ type }) => type === "AWS::S3::Bucket")).toEqual([]);
  });
});

it("keeps roles that CodeBuild may assume, whatever they are called", async () => {
  const account = await testAccount();
  const { connection, send, twin } = account;
  const Statement = { Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  for (const RoleName of ["packer-builder", "unused"])
    await send(IAMClient, new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await project(account, "shop");
  const { signal } = new AbortController();
  const context = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  const { steps, kept } = await planOf(context, "AWS::IAM::Role", ["packer-builder", "unused"]);

  // Of the other nobody can say that no fleet of CodeBuild has it.
  expect(steps).toEqual([]);
  expect(kept.map(({ target, reason }) => [target.id, reason])).toEqual([
    ["packer-builder", expect.stringMatching(/codebuild\.amazonaws\.com/)],
    ["unused", expect.stringMatching(/codebuild\.amazonaws\.com/)],
  ]);
});
