import type { Tag, TaskDefinition } from "@aws-sdk/client-ecs";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { PAGE } from "./cluster-rows.ts";

interface Row {
  readonly definition: Stored<TaskDefinition>;
  tags: Stored<Tag>[];
}

export const definitions = (call: Call): Table<Row> => call.table<Row>("ecs.task-definition");

function rowNamed(call: Call, name: string): Row {
  const [family, revision] = (name.split("/").at(-1) ?? "").split(":");
  const ofFamily = definitions(call)
    .all()
    .filter(({ definition }) => definition.family === family);
  const row = revision
    ? ofFamily.find(({ definition }) => String(definition.revision) === revision)
    : ofFamily.findLast(({ definition }) => definition.status === "ACTIVE");
  if (!row) throw new AwsFault("ClientException", "Unable to describe task definition.");
  return row;
}

/** A task definition by ARN, `family:revision`, or family (its newest active revision). */
export function definitionNamed(call: Call, name: string): Stored<TaskDefinition> {
  return rowNamed(call, name).definition;
}

export const definitionOperations = {
  RegisterTaskDefinition(input, call) {
    const { tags = [], enableFaultInjection: _, ...members } = input;
    const family = input.family ?? "";
    const revision =
      1 +
      definitions(call)
        .all()
        .filter(({ definition }) => definition.family === family).length;
    const definition = {
      ...members,
      taskDefinitionArn: call.arn("ecs", `task-definition/${family}:${revision}`),
      revision,
      status: "ACTIVE",
      networkMode: input.networkMode ?? "bridge",
      volumes: input.volumes ?? [],
      placementConstraints: input.placementConstraints ?? [],
      compatibilities: input.requiresCompatibilities ?? ["EC2"],
      registeredAt: call.now(),
      registeredBy: call.caller,
    } as Stored<TaskDefinition>;
    definitions(call).put(`${family}:${revision}`, { definition, tags: tags as Stored<Tag>[] });
    return { taskDefinition: definition, tags };
  },
  DescribeTaskDefinition(input, call) {
    const { definition, tags } = rowNamed(call, input.taskDefinition ?? "");
    return { taskDefinition: definition, ...(input.include?.includes("TAGS") ? { tags } : {}) };
  },
  ListTaskDefinitions(input, call) {
    const arns = definitions(call)
      .all()
      .filter(({ definition }) => definition.status === (input.status ?? "ACTIVE"))
      .filter(({ definition }) => !input.familyPrefix || definition.family === input.familyPrefix)
      .map(({ definition }) => definition.taskDefinitionArn);
    const ordered = input.sort === "DESC" ? arns.reverse() : arns;
    const { items, next } = page(ordered, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { taskDefinitionArns: items, nextToken: next };
  },
  ListTaskDefinitionFamilies(input, call) {
    const all = definitions(call).all();
    const families = [...new Set(all.map(({ definition }) => definition.family ?? ""))];
    const named = families.filter((family) => family.startsWith(input.familyPrefix ?? ""));
    const { items, next } = page(named, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { families: items, nextToken: next };
  },
  DeregisterTaskDefinition(input, call) {
    const { definition } = rowNamed(call, input.taskDefinition ?? "");
    Object.assign(definition, { status: "INACTIVE", deregisteredAt: call.now() });
    return { taskDefinition: definition };
  },
  DeleteTaskDefinitions(input, call) {
    const rows = (input.taskDefinitions ?? []).map((name) => rowNamed(call, name).definition);
    if (rows.some(({ status }) => status !== "INACTIVE"))
      throw new AwsFault("InvalidParameterException", "The specified task definition is still in ACTIVE status.");
    for (const { family, revision } of rows) definitions(call).delete(`${family}:${revision}`);
    return { taskDefinitions: rows.map((row) => ({ ...row, status: "DELETE_IN_PROGRESS" })), failures: [] };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ecs")>;
