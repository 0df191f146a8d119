import { AwsFault, type Call, type Operations, tagList, tagMap } from "../../service.ts";
import { balancerAt, listenerAt, type Row, ruleAt, targetGroupAt } from "./rows.ts";

type Elb = typeof import("@aws-sdk/client-elastic-load-balancing-v2");

/** Source: API reference, DescribeTags: up to 20 resources a call. */
const MOST_RESOURCES = 20;

function rowAt(call: Call, arn: string): Row<unknown> {
  const [kind] = arn.split(":")[5]?.split("/") ?? [];
  if (kind === "listener") return listenerAt(call, arn);
  if (kind === "listener-rule") return ruleAt(call, arn);
  return kind === "targetgroup" ? targetGroupAt(call, arn) : balancerAt(call, arn);
}

export const tagOperations = {
  DescribeTags(input, call) {
    const arns = input.ResourceArns ?? [];
    if (arns.length > MOST_RESOURCES)
      throw new AwsFault("ValidationError", `The number of resources must not be greater than ${MOST_RESOURCES}`);
    return { TagDescriptions: arns.map((arn) => ({ ResourceArn: arn, Tags: tagList(rowAt(call, arn).tags) })) };
  },
  AddTags(input, call) {
    for (const arn of input.ResourceArns ?? []) Object.assign(rowAt(call, arn).tags, tagMap(input.Tags));
  },
  RemoveTags(input, call) {
    for (const arn of input.ResourceArns ?? []) {
      const { tags } = rowAt(call, arn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    }
  },
} satisfies Operations<Elb>;
