import type { ProductionVariant } from "@aws-sdk/client-sagemaker";
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

export const endpointOperations = {
  CreateEndpoint(input, call) {
    refuseSecond(endpoints(call), "endpoint", input.EndpointName);
    const EndpointArn = call.arn("sagemaker", `endpoint/${input.EndpointName}`);
    const now = call.now();
    const description: Endpoint = {
      EndpointName: input.EndpointName,
      EndpointArn,
      EndpointConfigName: input.EndpointConfigName,
      EndpointStatus: "InService",
      CreationTime: now,
      LastModifiedTime: now,
      ...variantsOf(call, input.EndpointConfigName),
    };
    endpoints(call).put(input.EndpointName ?? "", { description, tags: tagMap(input.Tags) });
    return { EndpointArn };
  },
  DescribeEndpoint(input, call) {
    return named(endpoints(call), "endpoint", input.EndpointName).description;
  },
  ListEndpoints(input, call) {
    const found = endpoints(call)
      .all()
      .filter(({ description }) => !input.StatusEquals || description.EndpointStatus === input.StatusEquals);
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
    const { description } = named(endpoints(call), "endpoint", input.EndpointName);
    const { EndpointConfigName } = input;
    Object.assign(description, {
      EndpointConfigName,
      LastModifiedTime: call.now(),
      ...variantsOf(call, EndpointConfigName),
    });
    return { EndpointArn: description.EndpointArn };
  },
  UpdateEndpointWeightsAndCapacities(input, call) {
    const { description } = named(endpoints(call), "endpoint", input.EndpointName);
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
    return { EndpointArn: description.EndpointArn };
  },
  DeleteEndpoint(input, call) {
    named(endpoints(call), "endpoint", input.EndpointName);
    endpoints(call).delete(input.EndpointName ?? "");
  },
} satisfies Operations<typeof import("@aws-sdk/client-sagemaker")>;
