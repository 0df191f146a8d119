import {
  DescribeDomainsCommand,
  type DomainStatus,
  ListDomainNamesCommand,
  OpenSearchClient,
} from "@aws-sdk/client-opensearch";
import { isError } from "../../model/errors.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, parseDocument, unknownOf, without } from "../reading.ts";
import { removal } from "./domain-removal.ts";

/** The most names that one call takes. Source: OpenSearch Service API reference, DescribeDomains. */
const AT_ONCE = 5;

/** Domains by name, without those that are gone: should one of them fail the whole call, each is asked for alone. */
async function describe(scope: ReadScope, DomainNames: string[]): Promise<DomainStatus[]> {
  try {
    const answer = await scope.client(OpenSearchClient).send(new DescribeDomainsCommand({ DomainNames }));
    return answer.DomainStatusList ?? [];
  } catch (error) {
    if (!isError(error, "NOT_FOUND")) throw error;
    if (DomainNames.length === 1) return [];
    return (await Promise.all(DomainNames.map((name) => describe(scope, [name])))).flat();
  }
}

async function found(scope: ReadScope, domain: DomainStatus): Promise<Found> {
  const { tags, unknown } = (await scope.tags("es:domain"))(domain.ARN ?? "");
  const AccessPolicies = parseDocument(domain.AccessPolicies);
  return {
    id: domain.DomainName ?? "",
    arn: domain.ARN,
    state: domain.DomainProcessingStatus,
    tags,
    configuration: {
      ...without(domain, "DomainName", "ARN", "AccessPolicies"),
      ...(AccessPolicies === undefined ? {} : { AccessPolicies }),
    },
    ...unknownOf(unknown),
  };
}

/** AWS gives the names in no order that it promises. */
async function batches(scope: ReadScope): Promise<string[][]> {
  const answer = await scope.client(OpenSearchClient).send(new ListDomainNamesCommand({}));
  const names = (answer.DomainNames ?? []).flatMap(({ DomainName }) => DomainName ?? []).sort();
  const size = scope.pageSize(AT_ONCE);
  return Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  for await (const domains of inParallel(await batches(scope), (names) => describe(scope, names)))
    for (const domain of domains) yield found(scope, domain);
}

export default {
  list,

  async read(scope, id) {
    const [domain] = await describe(scope, [id]);
    return domain && found(scope, domain);
  },
  removal,
} satisfies Entry;
