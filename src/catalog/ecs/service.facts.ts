import type { Facts } from "../contract.ts";
import { IDLE_CRITERIA, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::ECS::Service",
  short: "ecs:service",
  title: "ECS service",
  group: "containers",
  scope: "regional",
  // The id is `cluster/service`. Services from before 2021 may have an ARN without the cluster: AWS's answer has it.
  arn: "arn:{partition}:ecs:{region}:{account}:service/{id}",
  shape: { sdk: "client-ecs", name: "Service" },
  // Some settings stand in the deployments only: those of the PRIMARY one.
  more: { primaryDeployment: { sdk: "client-ecs", name: "Deployment" } },
  volatile: [
    "status",
    "runningCount",
    "pendingCount",
    "events",
    "deployments",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "taskSets[].status",
    "taskSets[].computedDesiredCount",
    "taskSets[].pendingCount",
    "taskSets[].runningCount",
    "taskSets[].stabilityStatus",
    "taskSets[].stabilityStatusAt",
    "taskSets[].updatedAt",
  ],
  secret: [],
  unordered: [
    "loadBalancers",
    "serviceRegistries",
    "capacityProviderStrategy",
    "placementConstraints",
    "networkConfiguration.awsvpcConfiguration.subnets",
    "networkConfiguration.awsvpcConfiguration.securityGroups",
    "deploymentConfiguration.alarms.alarmNames",
    "deploymentConfiguration.lifecycleHooks",
    "deploymentConfiguration.lifecycleHooks[].lifecycleStages",
    "taskSets",
    "primaryDeployment.vpcLatticeConfigurations",
    "primaryDeployment.volumeConfigurations",
  ],
  controllerOwned: [{ path: "desiredCount", by: "Application Auto Scaling" }],
  categories: {
    capacity: ["desiredCount", "capacityProviderStrategy", "launchType"],
    permissions: ["roleArn", "enableExecuteCommand"],
    "security exposure": ["networkConfiguration"],
  },
  links: [
    { kind: "member-of", to: "AWS::ECS::Cluster", path: "clusterArn" },
    { kind: "uses", to: "AWS::ECS::TaskDefinition", path: "taskDefinition" },
    { kind: "uses", to: "AWS::ECS::TaskDefinition", path: "taskSets[].taskDefinition" },
    { kind: "uses", to: "AWS::ECS::CapacityProvider", path: "capacityProviderStrategy[].capacityProvider" },
    { kind: "uses", to: "AWS::ElasticLoadBalancingV2::TargetGroup", path: "loadBalancers[].targetGroupArn" },
    {
      kind: "uses",
      to: "AWS::ElasticLoadBalancingV2::TargetGroup",
      path: "loadBalancers[].advancedConfiguration.alternateTargetGroupArn",
    },
    { kind: "uses", to: "AWS::ElasticLoadBalancing::LoadBalancer", path: "loadBalancers[].loadBalancerName" },
    { kind: "uses", to: "AWS::ServiceDiscovery::Service", path: "serviceRegistries[].registryArn" },
    {
      kind: "uses",
      to: "AWS::EC2::SecurityGroup",
      path: "networkConfiguration.awsvpcConfiguration.securityGroups[]",
    },
    { kind: "uses", to: "AWS::IAM::Role", path: "roleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "loadBalancers[].advancedConfiguration.roleArn" },
    { kind: "uses", to: "AWS::CloudWatch::Alarm", path: "deploymentConfiguration.alarms.alarmNames[]" },
    {
      kind: "uses",
      to: "AWS::Lambda::Function",
      path: "deploymentConfiguration.lifecycleHooks[].hookTargetArn",
      service: "lambda",
    },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "networkConfiguration.awsvpcConfiguration.subnets[]" },
  ],
  iam: {
    list: ["ecs:ListClusters", "ecs:ListServices", "ecs:DescribeServices"],
    read: ["ecs:DescribeServices"],
  },
  pause: {
    stage: "services",
    how: "desired count 0, scaling suspended",
    keepsCosting: ["its load balancer", "the EC2 instances of its cluster, unless their group is paused too"],
    // Draining waits for the deregistration delay of target groups (5 minutes) and the tasks' stop timeout.
    patienceMinutes: 20,
    iam: {
      capture: [
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "application-autoscaling:DescribeScalableTargets",
      ],
      pause: ["application-autoscaling:RegisterScalableTarget", "ecs:UpdateService"],
      resume: ["application-autoscaling:RegisterScalableTarget", "ecs:UpdateService"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["what its tasks hold in memory and on their own storage"],
    preparations: {
      "scale-to-zero": {
        how: "desired count 0, scaling suspended",
        iam: [
          "application-autoscaling:DescribeScalableTargets",
          "application-autoscaling:RegisterScalableTarget",
          "ecs:UpdateService",
        ],
      },
    },
    // Draining waits for the deregistration delay of target groups (5 minutes) and the tasks' stop timeout.
    patienceMinutes: 20,
    iam: { inspect: [], remove: ["ecs:DeleteService"] },
  },
  idle: [
    {
      namespace: "AWS/ECS",
      // Compute Optimizer: peaks of CPU and memory below 1 %.
      signs: [
        { metric: "CPUUtilization", statistic: "Maximum", below: 1, unit: " %" },
        { metric: "MemoryUtilization", statistic: "Maximum", below: 1, unit: " %" },
      ],
      dimensions: { ClusterName: { from: "id", part: 0 }, ServiceName: { from: "id", part: 1 } },
      hours: WEEK_HOURS,
      sources: [IDLE_CRITERIA, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
  ],
} as const satisfies Facts;
