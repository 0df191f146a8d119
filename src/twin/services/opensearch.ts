import type { DomainStatus } from "@aws-sdk/client-opensearch";
import { depart, present } from "../departing.ts";
import { arrive, forget, later } from "../moving.ts";
import { AwsFault, type Call, type Stored, service, type Table, tagList, tagMap } from "../service.ts";

interface Row {
  readonly domain: Stored<DomainStatus>;
  readonly tags: Record<string, string>;
}

const KIND = "opensearch.domain";

const domains = (call: Call): Table<Row> => present<Row>(call, KIND);

const moveOf = (name: string | undefined) => `opensearch.domain/${name}`;

/** How long AWS takes, which it does not promise: a quarter of an hour and more. */
const CREATING_MS = 20 * 60_000;
const UPDATING_MS = 10 * 60_000;
const DELETING_MS = 15 * 60_000;

const DONE = { Processing: false, DomainProcessingStatus: "Active" } as const;

/** The most names that DescribeDomains takes. Source: OpenSearch Service API reference. */
const AT_ONCE = 5;

function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.domain.DomainName), row.domain);
  return row;
}

function domainNamed(call: Call, name: string | undefined): Row {
  const row = domains(call).get(name ?? "");
  if (!row) throw new AwsFault("ResourceNotFoundException", `Domain not found: ${name}`, 409);
  return asOfNow(row, call);
}

const tagsOf = (call: Call, arn: string | undefined) => domainNamed(call, arn?.split("/").at(-1)).tags;

/** What a domain has unless something else is asked for. Source: OpenSearch Service API reference, CreateDomain. */
const DEFAULTS = {
  EngineVersion: "OpenSearch_2.19",
  ClusterConfig: { InstanceType: "m6g.large.search", InstanceCount: 1, DedicatedMasterEnabled: false },
  EBSOptions: { EBSEnabled: true, VolumeType: "gp3", VolumeSize: 10 },
  AccessPolicies: "",
  SnapshotOptions: { AutomatedSnapshotStartHour: 0 },
  EncryptionAtRestOptions: { Enabled: false },
  NodeToNodeEncryptionOptions: { Enabled: false },
} as const satisfies Partial<Row["domain"]>;

/** Members of a domain that CreateDomain and UpdateDomainConfig set as they are given. */
const SETTINGS = [
  "ClusterConfig",
  "EBSOptions",
  "AccessPolicies",
  "IPAddressType",
  "SnapshotOptions",
  "EncryptionAtRestOptions",
  "NodeToNodeEncryptionOptions",
  "AdvancedOptions",
  "LogPublishingOptions",
  "DomainEndpointOptions",
] as const;

function settings(input: Partial<Pick<Row["domain"], (typeof SETTINGS)[number]>>): Partial<Row["domain"]> {
  return Object.fromEntries(SETTINGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
}

export const opensearch = service(
  { namespace: "com.amazonaws.opensearch", signingName: "es" },
  () => import("@aws-sdk/client-opensearch"),
  {
    CreateDomain(input, call) {
      const name = input.DomainName ?? "";
      if (domains(call).get(name))
        throw new AwsFault("ResourceAlreadyExistsException", `Domain already exists: ${name}`, 409);
      const domain: Row["domain"] = {
        DomainId: `${call.account}/${name}`,
        DomainName: name,
        ARN: call.arn("es", `domain/${name}`),
        Created: true,
        Deleted: false,
        Processing: true,
        UpgradeProcessing: false,
        DomainProcessingStatus: "Creating",
        ...DEFAULTS,
        ...(input.EngineVersion ? { EngineVersion: input.EngineVersion } : {}),
        ...settings(input),
      };
      const Endpoint = `search-${name}-${call.id("", 26)}.${call.region}.es.amazonaws.com`;
      later(call, moveOf(name), CREATING_MS, { ...DONE, Endpoint });
      return { DomainStatus: domains(call).put(name, { domain, tags: tagMap(input.TagList) }).domain };
    },
    ListDomainNames(_, call) {
      const all = domains(call).all();
      return { DomainNames: all.map(({ domain: { DomainName } }) => ({ DomainName, EngineType: "OpenSearch" })) };
    },
    DescribeDomains(input, call) {
      const names = input.DomainNames ?? [];
      if (names.length > AT_ONCE)
        throw new AwsFault("ValidationException", `Please provide a maximum of ${AT_ONCE} domain names to describe.`);
      const rows = names.flatMap((name) => domains(call).get(name ?? "") ?? []);
      return { DomainStatusList: rows.map((row) => asOfNow(row, call).domain) };
    },
    DescribeDomain(input, call) {
      return { DomainStatus: domainNamed(call, input.DomainName).domain };
    },
    UpdateDomainConfig(input, call) {
      const { domain } = domainNamed(call, input.DomainName);
      if (input.DryRun) return { DomainConfig: {} };
      Object.assign(domain, settings(input), { Processing: true, DomainProcessingStatus: "Modifying" });
      later(call, moveOf(domain.DomainName), UPDATING_MS, DONE);
      return { DomainConfig: {} };
    },
    DeleteDomain(input, call) {
      const { domain } = domainNamed(call, input.DomainName);
      forget(call, moveOf(domain.DomainName));
      Object.assign(domain, { Deleted: true, Processing: true, DomainProcessingStatus: "Deleting" });
      depart(call, KIND, domain.DomainName ?? "", DELETING_MS);
      return { DomainStatus: domain };
    },
    AddTags(input, call) {
      Object.assign(tagsOf(call, input.ARN), tagMap(input.TagList));
    },
    RemoveTags(input, call) {
      const tags = tagsOf(call, input.ARN);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTags(input, call) {
      return { TagList: tagList(tagsOf(call, input.ARN)) };
    },
  },
);
