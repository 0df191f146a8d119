import type { Facts } from "../contract.ts";

const CONTAINER = "containerDefinitions[]";

/** What is passed to a container, to its log driver, and to the registry that its image comes from. */
const SECRETS = [
  "secrets[].valueFrom",
  "logConfiguration.secretOptions[].valueFrom",
  "repositoryCredentials.credentialsParameter",
] as const;

export const facts = {
  type: "AWS::ECS::TaskDefinition",
  short: "ecs:task-definition",
  title: "ECS task definition",
  group: "containers",
  scope: "regional",
  // The id is `family:revision`. Only active revisions count: one that is deregistered can start nothing any more.
  arn: "arn:{partition}:ecs:{region}:{account}:task-definition/{id}",
  shape: { sdk: "client-ecs", name: "TaskDefinition" },
  volatile: ["status"],
  secret: [`${CONTAINER}.environment[].value`, "volumes[].dockerVolumeConfiguration.driverOpts.*"],
  // The order of commands, entry points and mount points counts.
  unordered: [
    "compatibilities",
    "placementConstraints",
    "requiresAttributes",
    "requiresCompatibilities",
    "volumes",
    `${CONTAINER}.environment`,
    `${CONTAINER}.secrets`,
  ],
  categories: { capacity: ["cpu", "memory"], permissions: ["executionRoleArn", "taskRoleArn"] },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "taskRoleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "executionRoleArn" },
    { kind: "uses", to: "AWS::Logs::LogGroup", path: `${CONTAINER}.logConfiguration.options.awslogs-group` },
    ...SECRETS.map((path) => ({
      kind: "uses" as const,
      to: "AWS::SecretsManager::Secret" as const,
      path: `${CONTAINER}.${path}` as const,
      service: "secretsmanager",
    })),
    { kind: "uses", to: "AWS::EFS::FileSystem", path: "volumes[].efsVolumeConfiguration.fileSystemId" },
  ],
  iam: {
    list: ["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"],
    read: ["ecs:DescribeTaskDefinition"],
  },
  removal: {
    how: "deregistered",
    loses: ["starting tasks by it; AWS keeps it as an inactive revision"],
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["ecs:DeregisterTaskDefinition"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html",
  ],
} as const satisfies Facts;
