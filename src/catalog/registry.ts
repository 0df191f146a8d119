// Generated from the folders beside it by `npm run generate`. Do not edit.
import type { ResourceType } from "../model/resource.ts";
import type { Entry, Facts } from "./contract.ts";
import { facts as apprunnerService } from "./apprunner/service.facts.ts";
import { facts as autoscalingAutoScalingGroup } from "./autoscaling/auto-scaling-group.facts.ts";
import { facts as autoscalingLaunchConfiguration } from "./autoscaling/launch-configuration.facts.ts";
import { facts as cloudformationStack } from "./cloudformation/stack.facts.ts";
import { facts as cloudwatchAlarm } from "./cloudwatch/alarm.facts.ts";
import { facts as cloudwatchCompositeAlarm } from "./cloudwatch/composite-alarm.facts.ts";
import { facts as codebuildProject } from "./codebuild/project.facts.ts";
import { facts as dmsReplicationInstance } from "./dms/replication-instance.facts.ts";
import { facts as dmsReplicationTask } from "./dms/replication-task.facts.ts";
import { facts as dynamodbTable } from "./dynamodb/table.facts.ts";
import { facts as ec2Eip } from "./ec2/eip.facts.ts";
import { facts as ec2Fleet } from "./ec2/fleet.facts.ts";
import { facts as ec2Image } from "./ec2/image.facts.ts";
import { facts as ec2Instance } from "./ec2/instance.facts.ts";
import { facts as ec2InternetGateway } from "./ec2/internet-gateway.facts.ts";
import { facts as ec2KeyPair } from "./ec2/key-pair.facts.ts";
import { facts as ec2LaunchTemplate } from "./ec2/launch-template.facts.ts";
import { facts as ec2NatGateway } from "./ec2/nat-gateway.facts.ts";
import { facts as ec2NetworkAcl } from "./ec2/network-acl.facts.ts";
import { facts as ec2NetworkInterface } from "./ec2/network-interface.facts.ts";
import { facts as ec2RouteTable } from "./ec2/route-table.facts.ts";
import { facts as ec2SecurityGroup } from "./ec2/security-group.facts.ts";
import { facts as ec2Snapshot } from "./ec2/snapshot.facts.ts";
import { facts as ec2SpotFleet } from "./ec2/spot-fleet.facts.ts";
import { facts as ec2SpotInstanceRequest } from "./ec2/spot-instance-request.facts.ts";
import { facts as ec2Subnet } from "./ec2/subnet.facts.ts";
import { facts as ec2Volume } from "./ec2/volume.facts.ts";
import { facts as ec2Vpc } from "./ec2/vpc.facts.ts";
import { facts as ec2VpcEndpoint } from "./ec2/vpc-endpoint.facts.ts";
import { facts as ec2VpcPeeringConnection } from "./ec2/vpc-peering-connection.facts.ts";
import { facts as ecsCluster } from "./ecs/cluster.facts.ts";
import { facts as ecsService } from "./ecs/service.facts.ts";
import { facts as ecsTaskDefinition } from "./ecs/task-definition.facts.ts";
import { facts as eksCluster } from "./eks/cluster.facts.ts";
import { facts as eksNodegroup } from "./eks/nodegroup.facts.ts";
import { facts as elasticacheCacheCluster } from "./elasticache/cache-cluster.facts.ts";
import { facts as elasticacheReplicationGroup } from "./elasticache/replication-group.facts.ts";
import { facts as elasticloadbalancingv2Listener } from "./elasticloadbalancingv2/listener.facts.ts";
import { facts as elasticloadbalancingv2ListenerRule } from "./elasticloadbalancingv2/listener-rule.facts.ts";
import { facts as elasticloadbalancingv2LoadBalancer } from "./elasticloadbalancingv2/load-balancer.facts.ts";
import { facts as elasticloadbalancingv2TargetGroup } from "./elasticloadbalancingv2/target-group.facts.ts";
import { facts as emrCluster } from "./emr/cluster.facts.ts";
import { facts as eventsRule } from "./events/rule.facts.ts";
import { facts as glueTrigger } from "./glue/trigger.facts.ts";
import { facts as iamGroup } from "./iam/group.facts.ts";
import { facts as iamInstanceProfile } from "./iam/instance-profile.facts.ts";
import { facts as iamManagedPolicy } from "./iam/managed-policy.facts.ts";
import { facts as iamRole } from "./iam/role.facts.ts";
import { facts as iamUser } from "./iam/user.facts.ts";
import { facts as kafkaCluster } from "./kafka/cluster.facts.ts";
import { facts as kinesisStream } from "./kinesis/stream.facts.ts";
import { facts as kmsKey } from "./kms/key.facts.ts";
import { facts as lambdaEventSourceMapping } from "./lambda/event-source-mapping.facts.ts";
import { facts as lambdaFunction } from "./lambda/function.facts.ts";
import { facts as logsLogGroup } from "./logs/log-group.facts.ts";
import { facts as opensearchDomain } from "./opensearch/domain.facts.ts";
import { facts as rdsDbCluster } from "./rds/db-cluster.facts.ts";
import { facts as rdsDbInstance } from "./rds/db-instance.facts.ts";
import { facts as rdsDbSubnetGroup } from "./rds/db-subnet-group.facts.ts";
import { facts as rdsDocdbCluster } from "./rds/docdb-cluster.facts.ts";
import { facts as rdsDocdbInstance } from "./rds/docdb-instance.facts.ts";
import { facts as rdsNeptuneCluster } from "./rds/neptune-cluster.facts.ts";
import { facts as rdsNeptuneInstance } from "./rds/neptune-instance.facts.ts";
import { facts as redshiftCluster } from "./redshift/cluster.facts.ts";
import { facts as s3Bucket } from "./s3/bucket.facts.ts";
import { facts as sagemakerEndpoint } from "./sagemaker/endpoint.facts.ts";
import { facts as sagemakerEndpointConfig } from "./sagemaker/endpoint-config.facts.ts";
import { facts as sagemakerModel } from "./sagemaker/model.facts.ts";
import { facts as sagemakerNotebookInstance } from "./sagemaker/notebook-instance.facts.ts";
import { facts as schedulerSchedule } from "./scheduler/schedule.facts.ts";
import { facts as secretsmanagerSecret } from "./secretsmanager/secret.facts.ts";
import { facts as snsTopic } from "./sns/topic.facts.ts";
import { facts as sqsQueue } from "./sqs/queue.facts.ts";
import { facts as workspacesWorkspace } from "./workspaces/workspace.facts.ts";

/** The facts of every type that Evenkeel knows. */
export const FACTS: readonly Facts[] = [
  apprunnerService,
  autoscalingAutoScalingGroup,
  autoscalingLaunchConfiguration,
  cloudformationStack,
  cloudwatchAlarm,
  cloudwatchCompositeAlarm,
  codebuildProject,
  dmsReplicationInstance,
  dmsReplicationTask,
  dynamodbTable,
  ec2Eip,
  ec2Fleet,
  ec2Image,
  ec2Instance,
  ec2InternetGateway,
  ec2KeyPair,
  ec2LaunchTemplate,
  ec2NatGateway,
  ec2NetworkAcl,
  ec2NetworkInterface,
  ec2RouteTable,
  ec2SecurityGroup,
  ec2Snapshot,
  ec2SpotFleet,
  ec2SpotInstanceRequest,
  ec2Subnet,
  ec2Volume,
  ec2Vpc,
  ec2VpcEndpoint,
  ec2VpcPeeringConnection,
  ecsCluster,
  ecsService,
  ecsTaskDefinition,
  eksCluster,
  eksNodegroup,
  elasticacheCacheCluster,
  elasticacheReplicationGroup,
  elasticloadbalancingv2Listener,
  elasticloadbalancingv2ListenerRule,
  elasticloadbalancingv2LoadBalancer,
  elasticloadbalancingv2TargetGroup,
  emrCluster,
  eventsRule,
  glueTrigger,
  iamGroup,
  iamInstanceProfile,
  iamManagedPolicy,
  iamRole,
  iamUser,
  kafkaCluster,
  kinesisStream,
  kmsKey,
  lambdaEventSourceMapping,
  lambdaFunction,
  logsLogGroup,
  opensearchDomain,
  rdsDbCluster,
  rdsDbInstance,
  rdsDbSubnetGroup,
  rdsDocdbCluster,
  rdsDocdbInstance,
  rdsNeptuneCluster,
  rdsNeptuneInstance,
  redshiftCluster,
  s3Bucket,
  sagemakerEndpoint,
  sagemakerEndpointConfig,
  sagemakerModel,
  sagemakerNotebookInstance,
  schedulerSchedule,
  secretsmanagerSecret,
  snsTopic,
  sqsQueue,
  workspacesWorkspace,
];

const LOADERS: Readonly<Record<string, () => Promise<{ default: Entry }>>> = {
  [apprunnerService.type]: () => import("./apprunner/service.ts"),
  [autoscalingAutoScalingGroup.type]: () => import("./autoscaling/auto-scaling-group.ts"),
  [autoscalingLaunchConfiguration.type]: () => import("./autoscaling/launch-configuration.ts"),
  [cloudformationStack.type]: () => import("./cloudformation/stack.ts"),
  [cloudwatchAlarm.type]: () => import("./cloudwatch/alarm.ts"),
  [cloudwatchCompositeAlarm.type]: () => import("./cloudwatch/composite-alarm.ts"),
  [codebuildProject.type]: () => import("./codebuild/project.ts"),
  [dmsReplicationInstance.type]: () => import("./dms/replication-instance.ts"),
  [dmsReplicationTask.type]: () => import("./dms/replication-task.ts"),
  [dynamodbTable.type]: () => import("./dynamodb/table.ts"),
  [ec2Eip.type]: () => import("./ec2/eip.ts"),
  [ec2Fleet.type]: () => import("./ec2/fleet.ts"),
  [ec2Image.type]: () => import("./ec2/image.ts"),
  [ec2Instance.type]: () => import("./ec2/instance.ts"),
  [ec2InternetGateway.type]: () => import("./ec2/internet-gateway.ts"),
  [ec2KeyPair.type]: () => import("./ec2/key-pair.ts"),
  [ec2LaunchTemplate.type]: () => import("./ec2/launch-template.ts"),
  [ec2NatGateway.type]: () => import("./ec2/nat-gateway.ts"),
  [ec2NetworkAcl.type]: () => import("./ec2/network-acl.ts"),
  [ec2NetworkInterface.type]: () => import("./ec2/network-interface.ts"),
  [ec2RouteTable.type]: () => import("./ec2/route-table.ts"),
  [ec2SecurityGroup.type]: () => import("./ec2/security-group.ts"),
  [ec2Snapshot.type]: () => import("./ec2/snapshot.ts"),
  [ec2SpotFleet.type]: () => import("./ec2/spot-fleet.ts"),
  [ec2SpotInstanceRequest.type]: () => import("./ec2/spot-instance-request.ts"),
  [ec2Subnet.type]: () => import("./ec2/subnet.ts"),
  [ec2Volume.type]: () => import("./ec2/volume.ts"),
  [ec2Vpc.type]: () => import("./ec2/vpc.ts"),
  [ec2VpcEndpoint.type]: () => import("./ec2/vpc-endpoint.ts"),
  [ec2VpcPeeringConnection.type]: () => import("./ec2/vpc-peering-connection.ts"),
  [ecsCluster.type]: () => import("./ecs/cluster.ts"),
  [ecsService.type]: () => import("./ecs/service.ts"),
  [ecsTaskDefinition.type]: () => import("./ecs/task-definition.ts"),
  [eksCluster.type]: () => import("./eks/cluster.ts"),
  [eksNodegroup.type]: () => import("./eks/nodegroup.ts"),
  [elasticacheCacheCluster.type]: () => import("./elasticache/cache-cluster.ts"),
  [elasticacheReplicationGroup.type]: () => import("./elasticache/replication-group.ts"),
  [elasticloadbalancingv2Listener.type]: () => import("./elasticloadbalancingv2/listener.ts"),
  [elasticloadbalancingv2ListenerRule.type]: () => import("./elasticloadbalancingv2/listener-rule.ts"),
  [elasticloadbalancingv2LoadBalancer.type]: () => import("./elasticloadbalancingv2/load-balancer.ts"),
  [elasticloadbalancingv2TargetGroup.type]: () => import("./elasticloadbalancingv2/target-group.ts"),
  [emrCluster.type]: () => import("./emr/cluster.ts"),
  [eventsRule.type]: () => import("./events/rule.ts"),
  [glueTrigger.type]: () => import("./glue/trigger.ts"),
  [iamGroup.type]: () => import("./iam/group.ts"),
  [iamInstanceProfile.type]: () => import("./iam/instance-profile.ts"),
  [iamManagedPolicy.type]: () => import("./iam/managed-policy.ts"),
  [iamRole.type]: () => import("./iam/role.ts"),
  [iamUser.type]: () => import("./iam/user.ts"),
  [kafkaCluster.type]: () => import("./kafka/cluster.ts"),
  [kinesisStream.type]: () => import("./kinesis/stream.ts"),
  [kmsKey.type]: () => import("./kms/key.ts"),
  [lambdaEventSourceMapping.type]: () => import("./lambda/event-source-mapping.ts"),
  [lambdaFunction.type]: () => import("./lambda/function.ts"),
  [logsLogGroup.type]: () => import("./logs/log-group.ts"),
  [opensearchDomain.type]: () => import("./opensearch/domain.ts"),
  [rdsDbCluster.type]: () => import("./rds/db-cluster.ts"),
  [rdsDbInstance.type]: () => import("./rds/db-instance.ts"),
  [rdsDbSubnetGroup.type]: () => import("./rds/db-subnet-group.ts"),
  [rdsDocdbCluster.type]: () => import("./rds/docdb-cluster.ts"),
  [rdsDocdbInstance.type]: () => import("./rds/docdb-instance.ts"),
  [rdsNeptuneCluster.type]: () => import("./rds/neptune-cluster.ts"),
  [rdsNeptuneInstance.type]: () => import("./rds/neptune-instance.ts"),
  [redshiftCluster.type]: () => import("./redshift/cluster.ts"),
  [s3Bucket.type]: () => import("./s3/bucket.ts"),
  [sagemakerEndpoint.type]: () => import("./sagemaker/endpoint.ts"),
  [sagemakerEndpointConfig.type]: () => import("./sagemaker/endpoint-config.ts"),
  [sagemakerModel.type]: () => import("./sagemaker/model.ts"),
  [sagemakerNotebookInstance.type]: () => import("./sagemaker/notebook-instance.ts"),
  [schedulerSchedule.type]: () => import("./scheduler/schedule.ts"),
  [secretsmanagerSecret.type]: () => import("./secretsmanager/secret.ts"),
  [snsTopic.type]: () => import("./sns/topic.ts"),
  [sqsQueue.type]: () => import("./sqs/queue.ts"),
  [workspacesWorkspace.type]: () => import("./workspaces/workspace.ts"),
};

const BY_TYPE: ReadonlyMap<string, Facts> = new Map(FACTS.map((facts) => [facts.type, facts]));

export function factsOf(type: string): Facts | undefined {
  return BY_TYPE.get(type);
}

/** The behaviour of a type; loads its SDK client. */
export async function loadEntry(type: ResourceType): Promise<Entry> {
  const load = LOADERS[type];
  if (!load) throw new TypeError(`no entry for ${type}`);
  return (await load()).default;
}
