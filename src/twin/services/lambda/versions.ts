import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations } from "../../service.ts";
import { type FunctionRow, functionNamed, invalid, lambdaTime, marked, notFound } from "./function.ts";
import { leaveUnreserved, provisionedOf } from "./limits.ts";

type Lambda = typeof import("@aws-sdk/client-lambda");

function aliasOf(row: FunctionRow, name: string | undefined) {
  const alias = row.aliases[name ?? ""];
  if (!alias) throw notFound(`Alias not found: ${row.configuration.FunctionArn}:${name}`);
  return alias;
}

/** How long it takes to warm up what is provisioned. */
const WARMING_MS = 90_000;

/** What is provisioned is ready when its time has come. */
function warmed(row: FunctionRow, call: Call): FunctionRow["provisioned"] {
  for (const config of Object.values(row.provisioned)) arrive(call, config.FunctionArn ?? "", config);
  return row.provisioned;
}

function provisionedAt(row: FunctionRow, qualifier: string | undefined, call: Call) {
  const found = warmed(row, call)[qualifier ?? ""];
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
    const total = provisionedOf(row, qualifier) + wanted;
    if (row.reserved === undefined) leaveUnreserved(call, row, total, "ConcurrentExecutions");
    else if (total > row.reserved)
      throw invalid(
        "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
      );
    const config = {
      FunctionArn: `${row.configuration.FunctionArn}:${qualifier}`,
      RequestedProvisionedConcurrentExecutions: wanted,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: "IN_PROGRESS" as const,
      LastModified: lambdaTime(call),
    };
    row.provisioned[qualifier] = config;
    later(call, config.FunctionArn, WARMING_MS, {
      Status: "READY",
      AvailableProvisionedConcurrentExecutions: wanted,
      AllocatedProvisionedConcurrentExecutions: wanted,
    });
    const { FunctionArn: _, ...rest } = config;
    return rest;
  },
  GetProvisionedConcurrencyConfig(input, call) {
    const { FunctionArn: _, ...rest } = provisionedAt(functionNamed(call, input.FunctionName), input.Qualifier, call);
    return rest;
  },
  ListProvisionedConcurrencyConfigs(input, call) {
    const { cut, NextMarker } = marked(Object.values(warmed(functionNamed(call, input.FunctionName), call)), input, 50);
    return { ProvisionedConcurrencyConfigs: cut, NextMarker };
  },
  DeleteProvisionedConcurrencyConfig(input, call) {
    const row = functionNamed(call, input.FunctionName);
    forget(call, provisionedAt(row, input.Qualifier, call).FunctionArn ?? "");
    delete row.provisioned[input.Qualifier ?? ""];
  },
} satisfies Operations<Lambda>;
