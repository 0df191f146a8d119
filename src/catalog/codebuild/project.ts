import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  DeleteProjectCommand,
  type Project,
  paginateListProjects,
} from "@aws-sdk/client-codebuild";
import { batched } from "../batching.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { without } from "../reading.ts";

/** Names in one call. Source: CodeBuild API reference, BatchGetProjects. */
const BATCH = 100;

/** Names that nothing has are told apart, and are no error. */
async function projects(client: CodeBuildClient, names: readonly string[]): Promise<readonly Project[]> {
  return (await client.send(new BatchGetProjectsCommand({ names: [...names] }))).projects ?? [];
}

const projectOf = batched<CodeBuildClient, Project | undefined>(BATCH, async (client, names) => {
  const known = new Map((await projects(client, names)).map((each) => [each.name, each]));
  return (name) => known.get(name);
});

function found(project: Project): Found {
  const { name = "", arn, created, tags = [] } = project;
  return {
    id: name,
    arn,
    createdAt: created,
    tags: Object.fromEntries(tags.map(({ key = "", value = "" }) => [key, value])),
    configuration: without(project, "name", "arn", "created", "tags"),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const client = scope.client(CodeBuildClient);
  const size = scope.pageSize(BATCH);
  for await (const { projects: names = [] } of paginateListProjects({ client }, { sortBy: "NAME" }))
    for (let at = 0; at < names.length; at += size) {
      const page = names.slice(at, at + size);
      const known = new Map((await projects(client, page)).map((each) => [each.name, each]));
      for (const project of page.flatMap((name) => known.get(name) ?? [])) yield found(project);
    }
}

export default {
  list,

  async read(scope, id) {
    const project = await projectOf(scope.client(CodeBuildClient), id);
    return project && found(project);
  },
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) => scope.writer(CodeBuildClient).send(new DeleteProjectCommand({ name: id })),
  },
  charges: free,
} satisfies Entry;
