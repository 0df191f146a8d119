import {
  type Deployment,
  DescribeServicesCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  type Service,
} from "@aws-sdk/client-ecs";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, without } from "../reading.ts";
import { charges } from "./service-charges.ts";
import { pause } from "./service-pause.ts";
import { removal } from "./service-removal.ts";
import { ecsTags } from "./tags.ts";

const lastPart = (arn: string | undefined) => arn?.split("/").at(-1) ?? "";

/** Settings that no other member of a service has. */
function settingsOf(deployment: Deployment | undefined): Partial<Deployment> | undefined {
  if (!deployment) return undefined;
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations, fargateEphemeralStorage } =
    deployment;
  return { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations, fargateEphemeralStorage };
}

function found(service: Service): Found {
  return {
    id: `${lastPart(service.clusterArn)}/${service.serviceName}`,
    arn: service.serviceArn,
    name: service.serviceName,
    createdAt: service.createdAt,
    state: service.status,
    tags: ecsTags(service.tags),
    configuration: {
      ...without(service, "tags", "serviceArn", "serviceName", "createdAt"),
      primaryDeployment: settingsOf(service.deployments?.find(({ status }) => status === "PRIMARY")),
    },
  };
}

/** Ten services a call; a deleted one can be described as INACTIVE for a while. */
async function describe(scope: ReadScope, cluster: string, services: string[]): Promise<Found[]> {
  const command = new DescribeServicesCommand({ cluster, services, include: ["TAGS"] });
  const answer = await orGone(scope.client(ECSClient).send(command));
  return (answer?.services ?? []).filter(({ status }) => status !== "INACTIVE").map(found);
}

async function namesIn(scope: ReadScope, cluster: string): Promise<string[]> {
  const names: string[] = [];
  const paging = { client: scope.client(ECSClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListServices(paging, { cluster })) names.push(...(page.serviceArns ?? []));
  return names;
}

async function servicesOf(scope: ReadScope, cluster: string): Promise<Found[]> {
  const names = (await orGone(namesIn(scope, cluster))) ?? [];
  const batches = Array.from({ length: Math.ceil(names.length / 10) }, (_, index) =>
    names.slice(index * 10, index * 10 + 10),
  );
  const services: Found[] = [];
  for await (const some of inParallel(batches, (batch) => describe(scope, cluster, batch))) services.push(...some);
  return services;
}

async function* clusters(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(ECSClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListClusters(paging, {})) yield* page.clusterArns ?? [];
}

export default {
  async *list(scope) {
    for await (const services of inParallel(clusters(scope), (cluster) => servicesOf(scope, cluster))) yield* services;
  },

  async read(scope, id) {
    const [cluster = "", name = ""] = id.split("/");
    return (await describe(scope, cluster, [name]))[0];
  },
  pause,
  removal,
  charges,
} satisfies Entry;
