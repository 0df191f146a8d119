import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::CodeBuild::Project",
  short: "codebuild:project",
  title: "CodeBuild project",
  group: "management",
  scope: "regional",
  arn: "arn:{partition}:codebuild:{region}:{account}:project/{id}",
  shape: { sdk: "client-codebuild", name: "Project" },
  volatile: ["lastModified", "webhook.lastModifiedSecret", "webhook.status", "webhook.statusMessage"],
  secret: ["environment.environmentVariables[].value", "webhook.secret"],
  unordered: [
    "environment.environmentVariables",
    "vpcConfig.subnets",
    "vpcConfig.securityGroupIds",
    "secondaryArtifacts",
    "secondarySources",
    "secondarySourceVersions",
    "fileSystemLocations",
  ],
  categories: {
    capacity: ["environment.computeType", "environment.fleet", "concurrentBuildLimit"],
    permissions: ["serviceRole", "buildBatchConfig.serviceRole", "resourceAccessRole"],
    "security exposure": ["vpcConfig", "projectVisibility", "environment.privilegedMode", "encryptionKey"],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "serviceRole" },
    { kind: "uses", to: "AWS::IAM::Role", path: "buildBatchConfig.serviceRole" },
    { kind: "uses", to: "AWS::IAM::Role", path: "resourceAccessRole" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "vpcConfig.securityGroupIds[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "vpcConfig.subnets[]" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "vpcConfig.vpcId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "encryptionKey" },
    { kind: "uses", to: "AWS::Logs::LogGroup", path: "logsConfig.cloudWatchLogs.groupName" },
    { kind: "uses", to: "AWS::SecretsManager::Secret", path: "environment.registryCredential.credential" },
    // Only of artifacts is the location a bucket's name alone; of caches, sources and logs a path follows it.
    {
      kind: "uses",
      to: "AWS::S3::Bucket",
      path: "",
      where: { member: "artifacts.type", is: "S3", idAt: "artifacts.location" },
    },
    {
      kind: "uses",
      to: "AWS::S3::Bucket",
      path: "secondaryArtifacts[]",
      where: { member: "type", is: "S3", idAt: "location" },
    },
  ],
  iam: {
    list: ["codebuild:BatchGetProjects", "codebuild:ListProjects"],
    read: ["codebuild:BatchGetProjects"],
  },
  removal: {
    how: "deleted",
    loses: ["its webhook and its build badge; AWS keeps the records of its builds"],
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["codebuild:DeleteProject"] },
  },
  sources: [
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html",
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetProjects.html",
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectArtifacts.html",
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_DeleteProject.html",
    "https://docs.aws.amazon.com/codebuild/latest/userguide/delete-project.html",
  ],
} as const satisfies Facts;
