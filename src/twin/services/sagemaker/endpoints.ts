import type { ProductionVariant } from "@aws-sdk/client-sagemaker";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, type Stored, tagMap } from "../../service.ts";
import { configs, type Endpoint, endpoints, named, refuseSecond, summaries } from "./rows.ts";

function running(variant: Stored<ProductionVariant>) {
  const { InitialInstanceCount: count, InitialVariantWeight: weight = 1, ServerlessConfig: serverless } = variant;
  return {
    VariantName: variant.VariantName,
    CurrentWeight: weight,
    DesiredWeight: weight,
    ...(count ? { CurrentInstanceCount: count, DesiredInstanceCount: count } : {}),
    ...(serverless ? { CurrentServerlessConfig: serverless, DesiredServerlessConfig: serverless } : {}),
  };
}

function variantsOf(call: Call, config: string | undefined): Pick<Endpoint, "ProductionVariants"> {
  const { description } = named(configs(call), "endpoint configuration", config);
  return { ProductionVariants: (description.ProductionVariants ?? []).map(running) };
}

const moveOf = (name: string | undefined) => `sagemaker.endpoint/${name}`;

/** AWS gives no times; these are those of a small model. */
const CREATING_MS = 5 * 60_000;
const UPDATING_MS = 2 * 60_000;
const DELETING_MS = 60_000;

/** An endpoint as it is by now; one whose deletion has ended is no more. */
function endpointNamed(call: Call, name: string | undefined) {
  const row = named(endpoints(call), "endpoint", name);
  if (arrive(call, moveOf(name), row.description) && row.description.EndpointStatus === "Deleting")
    endpoints(call).delete(name ?? "");
  return named(endpoints(call), "endpoint", name);
}

function allNow(call: Call) {
  const moved = endpoints(call)
    .all()
    .map(({ description }) => description);
  for (const { EndpointName: name } of moved)
    try {
      endpointNamed(call, name);
    } catch {
      // It is no more.
    }
  return endpoints(call).all();
}

function inService({ EndpointName, EndpointStatus }: Endpoint): void {
  if (EndpointStatus === "InService") return;
  throw new AwsFault("ValidationException", `Cannot update in-progress endpoint "${EndpointName}".`);
}

export const endpointOperations = {
  CreateEndpoint(input, call) {
    allNow(call);
    refuseSecond(endpoints(call), "endpoint", input.EndpointName);
    const EndpointArn = call.arn("sagemaker", `endpoint/${input.EndpointName}`);
    const now = call.now();
    const description: Endpoint = {
      EndpointName: input.EndpointName,
      EndpointArn,
      EndpointConfigName: input.EndpointConfigName,
      EndpointStatus: "Creating",
      CreationTime: now,
      LastModifiedTime: now,
      ...(input.DeploymentConfig ? { LastDeploymentConfig: input.DeploymentConfig } : {}),
      ...variantsOf(call, input.EndpointConfigName),
    };
    later(call, moveOf(input.EndpointName), CREATING_MS, { EndpointStatus: "InService" });
    endpoints(call).put(input.EndpointName ?? "", { description, tags: tagMap(input.Tags) });
    return { EndpointArn };
  },
  DescribeEndpoint(input, call) {
    return endpointNamed(call, input.EndpointName).description;
  },
  ListEndpoints(input, call) {
    const found = allNow(call).filter(
      ({ description }) => !input.StatusEquals || description.EndpointStatus === input.StatusEquals,
    );
    const { items, next } = summaries(found, ({ description }) => description.EndpointName, input);
    const shown = items.map(
      ({ description: { EndpointName, EndpointArn, EndpointStatus, CreationTime, LastModifiedTime } }) => ({
        EndpointName,
        EndpointArn,
        EndpointStatus,
        CreationTime,
        LastModifiedTime,
      }),
    );
    return { Endpoints: shown, NextToken: next };
  },
  UpdateEndpoint(input, call) {
    const { description } = endpointNamed(call, input.EndpointName);
    inService(description);
    const { EndpointConfigName } = input;
    Object.assign(description, {
      EndpointConfigName,
      LastModifiedTime: call.now(),
      ...variantsOf(call, EndpointConfigName),
    });
    return { EndpointArn: description.EndpointArn };
  },
  UpdateEndpointWeightsAndCapacities(input, call) {
    const { description } = endpointNamed(call, input.EndpointName);
    inService(description);
    for (const {
      VariantName,
      DesiredWeight: weight,
      DesiredInstanceCount: count,
    } of input.DesiredWeightsAndCapacities ?? []) {
      const variant = description.ProductionVariants?.find((each) => each.VariantName === VariantName);
      if (!variant) throw new AwsFault("ValidationException", `Could not find variant "${VariantName}".`);
      if (weight !== undefined) Object.assign(variant, { CurrentWeight: weight, DesiredWeight: weight });
      if (count !== undefined) Object.assign(variant, { CurrentInstanceCount: count, DesiredInstanceCount: count });
    }
    description.LastModifiedTime = call.now();
    description.EndpointStatus = "Updating";
    later(call, moveOf(input.EndpointName), UPDATING_MS, { EndpointStatus: "InService" });
    return { EndpointArn: description.EndpointArn };
  },
  DeleteEndpoint(input, call) {
    const { description } = endpointNamed(call, input.EndpointName);
    if (/^(Creating|Updating|Deleting)$/.test(description.EndpointStatus ?? ""))
      throw new AwsFault("ValidationException", `Cannot delete in-progress endpoint "${input.EndpointName}".`);
    forget(call, moveOf(input.EndpointName));
    description.EndpointStatus = "Deleting";
    later(call, moveOf(input.EndpointName), DELETING_MS, { EndpointStatus: "Deleting" });
  },
  /** None are simulated. */
  ListInferenceComponents() {
    return { InferenceComponents: [] };
  },
} satisfies Operations<typeof import("@aws-sdk/client-sagemaker")>;
