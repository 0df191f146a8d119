import type { CreateProjectInput, Project } from "@aws-sdk/client-codebuild";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";

const rows = (call: Call): Table<Stored<Project>> => call.table<Stored<Project>>("codebuild.project");

/** Source: CodeBuild API reference, ListProjects and BatchGetProjects: a hundred names each. */
const GREATEST = 100;

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{1,254}$/;

const invalid = (message: string) => new AwsFault("InvalidInputException", message);

function settingsOf(input: Partial<Stored<CreateProjectInput>>): Partial<Stored<Project>> {
  const { badgeEnabled, ...settings } = input;
  return { ...settings, ...(badgeEnabled === undefined ? {} : { badge: { badgeEnabled } }) };
}

/** CodeBuild wants all three or none. Source: CodeBuild API reference, VpcConfig. */
function refuseNetwork({ vpcConfig }: Partial<Stored<CreateProjectInput>>): void {
  const { vpcId, subnets = [], securityGroupIds = [] } = vpcConfig ?? {};
  const isSome = Boolean(vpcId) || subnets.length > 0 || securityGroupIds.length > 0;
  if (!isSome || (vpcId && subnets.length > 0 && securityGroupIds.length > 0)) return;
  throw invalid("Invalid vpc config: vpc id, subnet ids and security group ids must all be given");
}

export const codebuild = service(
  { namespace: "com.amazonaws.codebuild", signingName: "codebuild" },
  () => import("@aws-sdk/client-codebuild"),
  {
    CreateProject(input, call) {
      const { name = "", serviceRole } = input;
      if (!NAME.test(name)) throw invalid(`Invalid project name: ${name}`);
      if (!serviceRole) throw invalid("Project service role is required");
      refuseNetwork(input);
      if (rows(call).get(name))
        throw new AwsFault(
          "ResourceAlreadyExistsException",
          `Project already exists: ${call.arn("codebuild", `project/${name}`)}`,
        );
      const project = {
        // Source: CodeBuild API reference, CreateProject.
        encryptionKey: call.arn("kms", "alias/aws/s3"),
        timeoutInMinutes: 60,
        queuedTimeoutInMinutes: 480,
        projectVisibility: "PRIVATE",
        ...settingsOf(input),
        arn: call.arn("codebuild", `project/${name}`),
        created: call.now(),
        lastModified: call.now(),
      } as Stored<Project>;
      return { project: rows(call).put(name, project) };
    },
    ListProjects({ nextToken, sortBy = "NAME", sortOrder = "ASCENDING" }, call) {
      const key = ({ name, created, lastModified }: Stored<Project>) =>
        (sortBy === "CREATED_TIME" ? created : sortBy === "LAST_MODIFIED_TIME" ? lastModified : name) ?? "";
      const sorted = rows(call)
        .all()
        .sort((a, b) => (key(a) < key(b) ? -1 : 1));
      const ordered = sortOrder === "DESCENDING" ? sorted.reverse() : sorted;
      const { items, next } = page(ordered, { token: nextToken, max: undefined }, { max: GREATEST });
      return { projects: items.map(({ name }) => name), nextToken: next };
    },
    BatchGetProjects({ names = [] }, call) {
      if (names.length === 0 || names.length > GREATEST)
        throw invalid(`Invalid number of projects: 1 to ${GREATEST} names are expected`);
      const known = [...new Set(names)];
      return {
        projects: known.flatMap((name) => rows(call).get(name) ?? []),
        projectsNotFound: known.filter((name) => !rows(call).get(name)),
      };
    },
    UpdateProject(input, call) {
      const row = rows(call).get(input.name ?? "");
      if (!row) throw new AwsFault("ResourceNotFoundException", `Project cannot be found: ${input.name}`);
      refuseNetwork(input);
      Object.assign(row, settingsOf(input), { lastModified: call.now() });
      return { project: row };
    },
    /** One that is not there is no error; its builds stay. Source: CodeBuild API reference, DeleteProject. */
    DeleteProject({ name = "" }, call) {
      rows(call).delete(name);
      return {};
    },
  },
);
