import type { Tag } from "@aws-sdk/client-ecs";
import { AwsFault, type Call, type Stored, service } from "../../service.ts";
import { clusters } from "./cluster-rows.ts";
import { clusterOperations } from "./clusters.ts";
import { containerInstanceOperations } from "./container-instances.ts";
import { serviceOperations, services } from "./services.ts";
import { definitionOperations, definitions } from "./task-definitions.ts";
import { taskOperations } from "./tasks.ts";

interface WithTags {
  tags?: Stored<Tag>[] | undefined;
}

function tagged(call: Call, arn = ""): WithTags {
  const [kind = "", ...names] = (arn.split(":", 6)[5] ?? "").split("/");
  const tables = {
    cluster: () => clusters(call).get(names.join("/")),
    service: () => services(call).get(names.join("/")),
    "task-definition": () => definitions(call).get(arn.slice(arn.lastIndexOf("/") + 1)),
  };
  const row = tables[kind as keyof typeof tables]?.();
  if (!row) throw new AwsFault("InvalidParameterException", `The specified resource ${arn} could not be found.`);
  return row;
}

export const ecs = service(
  { namespace: "com.amazonaws.ecs", signingName: "ecs" },
  () => import("@aws-sdk/client-ecs"),
  {
    ...clusterOperations,
    ...containerInstanceOperations,
    ...serviceOperations,
    ...definitionOperations,
    ...taskOperations,
    TagResource(input, call) {
      const row = tagged(call, input.resourceArn);
      const given = new Set((input.tags ?? []).map(({ key }) => key));
      row.tags = [...(row.tags ?? []).filter(({ key }) => !given.has(key)), ...(input.tags ?? [])];
    },
    UntagResource(input, call) {
      const row = tagged(call, input.resourceArn);
      row.tags = (row.tags ?? []).filter(({ key }) => !input.tagKeys?.includes(key ?? ""));
    },
    ListTagsForResource(input, call) {
      return { tags: tagged(call, input.resourceArn).tags ?? [] };
    },
  },
);
