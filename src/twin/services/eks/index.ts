import { AwsFault, type Call, service } from "../../service.ts";
import { clusters } from "./cluster-rows.ts";
import { clusterOperations } from "./clusters.ts";
import { fargateProfileOperations } from "./fargate-profiles.ts";
import { nodegroupOperations, nodegroups } from "./nodegroups.ts";

function tagsOf(call: Call, arn: string | undefined): Record<string, string> {
  const all = [
    ...clusters(call).all(),
    ...nodegroups(call)
      .all()
      .map(({ group }) => group),
  ];
  const row = all.find((each) => ("nodegroupArn" in each ? each.nodegroupArn : "arn" in each && each.arn) === arn);
  if (!row) throw new AwsFault("NotFoundException", `${arn} does not exist.`, 404);
  row.tags ??= {};
  return row.tags;
}

export const eks = service(
  { namespace: "com.amazonaws.eks", signingName: "eks" },
  () => import("@aws-sdk/client-eks"),
  {
    ...clusterOperations,
    ...nodegroupOperations,
    ...fargateProfileOperations,
    TagResource(input, call) {
      Object.assign(tagsOf(call, input.resourceArn), input.tags);
    },
    UntagResource(input, call) {
      const tags = tagsOf(call, input.resourceArn);
      for (const key of input.tagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { tags: tagsOf(call, input.resourceArn) };
    },
  },
);
