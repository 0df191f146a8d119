import { type Operations, tagMap } from "../../service.ts";
import { configs, type EndpointConfig, type Model, models, named, refuseSecond, summaries } from "./rows.ts";

/** Models and endpoint configurations: descriptions that never change. */
export const modelOperations = {
  CreateModel(input, call) {
    refuseSecond(models(call), "model", input.ModelName);
    const { Tags, ...members } = input;
    const ModelArn = call.arn("sagemaker", `model/${input.ModelName}`);
    const description = { EnableNetworkIsolation: false, ...members, ModelArn, CreationTime: call.now() } as Model;
    models(call).put(input.ModelName ?? "", { description, tags: tagMap(Tags) });
    return { ModelArn };
  },
  DescribeModel(input, call) {
    return named(models(call), "model", input.ModelName).description;
  },
  ListModels(input, call) {
    const { items, next } = summaries(models(call).all(), ({ description }) => description.ModelName, input);
    const shown = items.map(({ description: { ModelName, ModelArn, CreationTime } }) => ({
      ModelName,
      ModelArn,
      CreationTime,
    }));
    return { Models: shown, NextToken: next };
  },
  DeleteModel(input, call) {
    named(models(call), "model", input.ModelName);
    models(call).delete(input.ModelName ?? "");
  },
  CreateEndpointConfig(input, call) {
    refuseSecond(configs(call), "endpoint configuration", input.EndpointConfigName);
    const { Tags, ...members } = input;
    const EndpointConfigArn = call.arn("sagemaker", `endpoint-config/${input.EndpointConfigName}`);
    const description = { ...members, EndpointConfigArn, CreationTime: call.now() } as EndpointConfig;
    configs(call).put(input.EndpointConfigName ?? "", { description, tags: tagMap(Tags) });
    return { EndpointConfigArn };
  },
  DescribeEndpointConfig(input, call) {
    return named(configs(call), "endpoint configuration", input.EndpointConfigName).description;
  },
  ListEndpointConfigs(input, call) {
    const { items, next } = summaries(configs(call).all(), ({ description }) => description.EndpointConfigName, input);
    const shown = items.map(({ description: { EndpointConfigName, EndpointConfigArn, CreationTime } }) => ({
      EndpointConfigName,
      EndpointConfigArn,
      CreationTime,
    }));
    return { EndpointConfigs: shown, NextToken: next };
  },
  DeleteEndpointConfig(input, call) {
    named(configs(call), "endpoint configuration", input.EndpointConfigName);
    configs(call).delete(input.EndpointConfigName ?? "");
  },
} satisfies Operations<typeof import("@aws-sdk/client-sagemaker")>;
