import { AwsFault, type Operations } from "../../service.ts";
import { type FunctionRow, functionNamed, invalid, lambdaTime, marked, notFound } from "./function.ts";

type Lambda = typeof import("@aws-sdk/client-lambda");

function aliasOf(row: FunctionRow, name: string | undefined) {
  const alias = row.aliases[name ?? ""];
  if (!alias) throw notFound(`Alias not found: ${row.configuration.FunctionArn}:${name}`);
  return alias;
}

function provisionedAt(row: FunctionRow, qualifier: string | undefined) {
  const found = row.provisioned[qualifier ?? ""];
  if (!found)
    throw new AwsFault(
      "ProvisionedConcurrencyConfigNotFoundException",
      "No Provisioned Concurrency Config found for this function",
      404,
    );
  return found;
}

/** Published versions, aliases, and the provisioned concurrency that stands on them. */
export const versionOperations = {
  PublishVersion(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const Version = String(row.versions.length + 1);
    const FunctionArn = `${row.configuration.FunctionArn}:${Version}`;
    const version = { ...row.configuration, Version, FunctionArn, RevisionId: call.uuid() };
    row.versions.push(version);
    return version;
  },
  ListVersionsByFunction(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const { cut, NextMarker } = marked([row.configuration, ...row.versions], input, 50);
    return { Versions: cut, NextMarker };
  },

  CreateAlias(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const Name = input.Name ?? "";
    if (row.aliases[Name])
      throw new AwsFault(
        "ResourceConflictException",
        `Alias already exists: ${row.configuration.FunctionArn}:${Name}`,
        409,
      );
    row.aliases[Name] = {
      Name,
      AliasArn: `${row.configuration.FunctionArn}:${Name}`,
      FunctionVersion: input.FunctionVersion ?? "$LATEST",
      Description: input.Description ?? "",
      RevisionId: call.uuid(),
    };
    return row.aliases[Name];
  },
  GetAlias: (input, call) => aliasOf(functionNamed(call, input.FunctionName), input.Name),
  ListAliases(input, call) {
    const { cut, NextMarker } = marked(Object.values(functionNamed(call, input.FunctionName).aliases), input, 50);
    return { Aliases: cut, NextMarker };
  },
  UpdateAlias(input, call) {
    const alias = aliasOf(functionNamed(call, input.FunctionName), input.Name);
    alias.FunctionVersion = input.FunctionVersion ?? alias.FunctionVersion;
    alias.Description = input.Description ?? alias.Description;
    return alias;
  },
  DeleteAlias(input, call) {
    delete functionNamed(call, input.FunctionName).aliases[input.Name ?? ""];
  },

  PutProvisionedConcurrencyConfig(input, call) {
    const row = functionNamed(call, input.FunctionName);
    const qualifier = input.Qualifier ?? "";
    const known = row.aliases[qualifier] ?? row.versions.find(({ Version }) => Version === qualifier);
    if (!known) throw invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    const wanted = input.ProvisionedConcurrentExecutions ?? 0;
    const config = {
      FunctionArn: `${row.configuration.FunctionArn}:${qualifier}`,
      RequestedProvisionedConcurrentExecutions: wanted,
      AvailableProvisionedConcurrentExecutions: wanted,
      AllocatedProvisionedConcurrentExecutions: wanted,
      Status: "READY" as const,
      LastModified: lambdaTime(call),
    };
    row.provisioned[qualifier] = config;
    const { FunctionArn: _, ...rest } = config;
    return rest;
  },
  GetProvisionedConcurrencyConfig(input, call) {
    const { FunctionArn: _, ...rest } = provisionedAt(functionNamed(call, input.FunctionName), input.Qualifier);
    return rest;
  },
  ListProvisionedConcurrencyConfigs(input, call) {
    const { cut, NextMarker } = marked(Object.values(functionNamed(call, input.FunctionName).provisioned), input, 50);
    return { ProvisionedConcurrencyConfigs: cut, NextMarker };
  },
  DeleteProvisionedConcurrencyConfig(input, call) {
    const row = functionNamed(call, input.FunctionName);
    provisionedAt(row, input.Qualifier);
    delete row.provisioned[input.Qualifier ?? ""];
  },
} satisfies Operations<Lambda>;
