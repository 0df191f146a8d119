import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type DescribeEndpointOutput,
  DescribeModelCommand,
  ListInferenceComponentsCommand,
  type ProductionVariantSummary,
  paginateListTags,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { ReadScope } from "../contract.ts";
import { collect, orGone, tagsOf } from "../reading.ts";

/** What of a variant can differ from its configuration. */
export interface Variant {
  readonly weight: number;
  readonly count?: number;
  /** Provisioned concurrency of a serverless variant. */
  readonly concurrency?: number;
}

export async function endpointNow(scope: ReadScope, EndpointName: string): Promise<DescribeEndpointOutput | undefined> {
  return orGone(scope.client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName })));
}

function variant(of: ProductionVariantSummary): readonly [string, Variant] {
  const { DesiredWeight, DesiredInstanceCount: count, DesiredServerlessConfig: serverless } = of;
  const concurrency = serverless?.ProvisionedConcurrency;
  const counts = { ...(count === undefined ? {} : { count }), ...(concurrency ? { concurrency } : {}) };
  return [of.VariantName ?? "", { weight: DesiredWeight ?? 1, ...counts }];
}

/** What an endpoint is made of and is no longer there: AWS does not keep anyone from deleting it. */
async function missing(scope: ReadScope, EndpointConfigName: string): Promise<string[]> {
  const client = scope.client(SageMakerClient);
  const config = await orGone(client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
  if (!config) return [`endpoint configuration ${EndpointConfigName}`];
  const names = (config.ProductionVariants ?? []).flatMap(({ ModelName }) => (ModelName ? [ModelName] : []));
  const gone = [...new Set(names)].sort().map(async (ModelName) => {
    const model = await orGone(client.send(new DescribeModelCommand({ ModelName })));
    return model ? [] : [`model ${ModelName}`];
  });
  return (await Promise.all(gone)).flat();
}

async function scaled(scope: ReadScope, name: string, variants: readonly string[]): Promise<string[]> {
  const ResourceIds = variants.map((each) => `endpoint/${name}/variant/${each}`).slice(0, 50);
  if (ResourceIds.length === 0) return [];
  const query = new DescribeScalableTargetsCommand({ ServiceNamespace: "sagemaker", ResourceIds });
  const { ScalableTargets: targets = [] } = await scope.client(ApplicationAutoScalingClient).send(query);
  return targets.map(({ ResourceId }) => ResourceId ?? "").sort();
}

async function ownTags(scope: ReadScope, ResourceArn: string) {
  const pages = paginateListTags({ client: scope.client(SageMakerClient) }, { ResourceArn });
  const tags = tagsOf(await collect(pages, ({ Tags }) => Tags));
  // AWS's own tags can't be given.
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

/** What kind of instances each variant runs on: only the configuration tells. Nothing where it is gone. */
export async function instanceTypes(scope: ReadScope, EndpointConfigName: string): Promise<JsonObject> {
  const command = new DescribeEndpointConfigCommand({ EndpointConfigName });
  const config = await orGone(scope.client(SageMakerClient).send(command));
  const typed = (config?.ProductionVariants ?? []).map((each) => [each.VariantName ?? "", each.InstanceType] as const);
  return toJson(Object.fromEntries(typed)) as JsonObject;
}

/** All that making the endpoint again needs, and what speaks against deleting it. */
export async function savedOf(scope: ReadScope, found: DescribeEndpointOutput): Promise<JsonObject> {
  const name = found.EndpointName ?? "";
  const variants = (found.ProductionVariants ?? []).map(variant);
  const components = new ListInferenceComponentsCommand({ EndpointNameEquals: name, MaxResults: 1 });
  const [gone, targets, tags, { InferenceComponents: some = [] }] = await Promise.all([
    missing(scope, found.EndpointConfigName ?? ""),
    scaled(
      scope,
      name,
      variants.map(([each]) => each),
    ),
    ownTags(scope, found.EndpointArn ?? ""),
    scope.client(SageMakerClient).send(components),
  ]);
  return toJson({
    createdAt: found.CreationTime,
    config: found.EndpointConfigName,
    variants: Object.fromEntries(variants),
    tags,
    deployment: found.LastDeploymentConfig,
    ...(gone.length > 0 ? { missing: gone } : {}),
    ...(targets.length > 0 ? { scaled: targets } : {}),
    ...(some.length > 0 ? { components: true } : {}),
    ...(found.ShadowProductionVariants?.length ? { shadows: true } : {}),
  }) as JsonObject;
}
