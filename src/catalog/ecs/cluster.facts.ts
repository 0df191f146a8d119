import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ECS::Cluster",
  short: "ecs:cluster",
  title: "ECS cluster",
  group: "containers",
  scope: "regional",
  arn: "arn:{partition}:ecs:{region}:{account}:cluster/{id}",
  shape: { sdk: "client-ecs", name: "Cluster" },
  volatile: [
    "status",
    "registeredContainerInstancesCount",
    "runningTasksCount",
    "pendingTasksCount",
    "activeServicesCount",
    "statistics",
    "attachments[].status",
    "attachmentsStatus",
  ],
  secret: [],
  unordered: [
    "settings",
    "capacityProviders",
    "defaultCapacityProviderStrategy",
    "statistics",
    "attachments",
    "attachments[].details",
  ],
  categories: { capacity: ["capacityProviders", "defaultCapacityProviderStrategy"] },
  links: [
    { kind: "uses", to: "AWS::ECS::CapacityProvider", path: "capacityProviders[]" },
    { kind: "uses", to: "AWS::KMS::Key", path: "configuration.executeCommandConfiguration.kmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "configuration.managedStorageConfiguration.kmsKeyId" },
    {
      kind: "uses",
      to: "AWS::KMS::Key",
      path: "configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",
    },
    {
      kind: "uses",
      to: "AWS::Logs::LogGroup",
      path: "configuration.executeCommandConfiguration.logConfiguration.cloudWatchLogGroupName",
    },
    {
      kind: "uses",
      to: "AWS::S3::Bucket",
      path: "configuration.executeCommandConfiguration.logConfiguration.s3BucketName",
    },
    { kind: "uses", to: "AWS::ServiceDiscovery::HttpNamespace", path: "serviceConnectDefaults.namespace" },
  ],
  iam: { list: ["ecs:ListClusters", "ecs:DescribeClusters"], read: ["ecs:DescribeClusters"] },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      "stop-tasks": { how: "the tasks that run outside of its services stopped", iam: ["ecs:StopTask"] },
      // One that was terminated while it was stopped stays registered for ever.
      deregister: {
        how: "the container instances in it deregistered; they go on running",
        iam: ["ecs:DeregisterContainerInstance", "ecs:ListContainerInstances"],
      },
    },
    // Tasks and the instances it runs on may need a while to leave.
    patienceMinutes: 20,
    iam: { inspect: ["ecs:DescribeTasks", "ecs:ListTasks"], remove: ["ecs:DeleteCluster"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html",
    "https://docs.aws.amazon.com/batch/latest/userguide/compute_environments.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html",
  ],
} as const satisfies Facts;
