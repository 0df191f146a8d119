/** awscli's listing of each seeded type, as data. */

/** A command and what of its answer are the rows: `[id]` or `[id, arn]`. */
export interface Listing {
  readonly command: string;
  readonly query: string;
  /** The id is the last part of what the query gives (a URL or an ARN). */
  readonly tail?: true;
  /** The command wants a `{}`: the id or ARN of each resource of that type. */
  readonly under?: string;
  /** A row counts when this command, given its id, answers so. */
  readonly only?: (region: string) => { readonly command: string; readonly answers: unknown };
}

const ELB = "AWS::ElasticLoadBalancingV2";

export const LISTINGS: Readonly<Record<string, Listing>> = {
  "AWS::EC2::Instance": {
    command: "ec2 describe-instances",
    query: "Reservations[].Instances[?State.Name!='terminated'][].[InstanceId]",
  },
  "AWS::EC2::Volume": { command: "ec2 describe-volumes", query: "Volumes[].[VolumeId]" },
  "AWS::EC2::Snapshot": { command: "ec2 describe-snapshots --owner-ids self", query: "Snapshots[].[SnapshotId]" },
  "AWS::EC2::Image": { command: "ec2 describe-images --owners self", query: "Images[].[ImageId]" },
  "AWS::EC2::SecurityGroup": { command: "ec2 describe-security-groups", query: "SecurityGroups[].[GroupId]" },
  "AWS::EC2::KeyPair": { command: "ec2 describe-key-pairs", query: "KeyPairs[].[KeyName]" },
  "AWS::EC2::EIP": { command: "ec2 describe-addresses", query: "Addresses[].[AllocationId]" },
  "AWS::EC2::NetworkInterface": {
    command: "ec2 describe-network-interfaces",
    query: "NetworkInterfaces[].[NetworkInterfaceId]",
  },
  "AWS::EC2::VPC": { command: "ec2 describe-vpcs", query: "Vpcs[].[VpcId]" },
  "AWS::EC2::Subnet": { command: "ec2 describe-subnets", query: "Subnets[].[SubnetId]" },
  "AWS::EC2::RouteTable": { command: "ec2 describe-route-tables", query: "RouteTables[].[RouteTableId]" },
  "AWS::EC2::InternetGateway": {
    command: "ec2 describe-internet-gateways",
    query: "InternetGateways[].[InternetGatewayId]",
  },
  "AWS::EC2::NatGateway": {
    command: "ec2 describe-nat-gateways",
    query: "NatGateways[?State!='deleted'].[NatGatewayId]",
  },
  "AWS::EC2::VPCEndpoint": {
    command: "ec2 describe-vpc-endpoints",
    query: "VpcEndpoints[?State!='deleted'].[VpcEndpointId]",
  },
  "AWS::EC2::LaunchTemplate": {
    command: "ec2 describe-launch-templates",
    query: "LaunchTemplates[].[LaunchTemplateId]",
  },
  "AWS::AutoScaling::AutoScalingGroup": {
    command: "autoscaling describe-auto-scaling-groups",
    query: "AutoScalingGroups[].[AutoScalingGroupName,AutoScalingGroupARN]",
  },
  "AWS::IAM::Role": { command: "iam list-roles", query: "Roles[].[RoleName,Arn]" },
  "AWS::IAM::ManagedPolicy": { command: "iam list-policies --scope Local", query: "Policies[].[Arn]" },
  "AWS::IAM::InstanceProfile": {
    command: "iam list-instance-profiles",
    query: "InstanceProfiles[].[InstanceProfileName,Arn]",
  },
  "AWS::IAM::User": { command: "iam list-users", query: "Users[].[UserName,Arn]" },
  "AWS::IAM::Group": { command: "iam list-groups", query: "Groups[].[GroupName,Arn]" },
  "AWS::S3::Bucket": {
    command: "s3api list-buckets",
    query: "Buckets[].[Name]",
    only: (region) => ({
      command: "s3api get-bucket-location --query LocationConstraint --bucket",
      answers: region === "us-east-1" ? null : region,
    }),
  },
  "AWS::Lambda::Function": { command: "lambda list-functions", query: "Functions[].[FunctionName,FunctionArn]" },
  "AWS::Lambda::EventSourceMapping": {
    command: "lambda list-event-source-mappings",
    query: "EventSourceMappings[].[UUID]",
  },
  "AWS::RDS::DBInstance": {
    command: "rds describe-db-instances",
    query: "DBInstances[].[DBInstanceIdentifier,DBInstanceArn]",
  },
  "AWS::RDS::DBCluster": {
    command: "rds describe-db-clusters",
    query: "DBClusters[].[DBClusterIdentifier,DBClusterArn]",
  },
  "AWS::ECS::Cluster": { command: "ecs list-clusters", query: "clusterArns[].[@,@]", tail: true },
  "AWS::ECS::Service": {
    command: "ecs list-services --cluster {}",
    query: "serviceArns[].[@,@]",
    tail: true,
    under: "AWS::ECS::Cluster",
  },
  "AWS::ECS::TaskDefinition": { command: "ecs list-task-definitions", query: "taskDefinitionArns[].[@]" },
  [`${ELB}::LoadBalancer`]: { command: "elbv2 describe-load-balancers", query: "LoadBalancers[].[LoadBalancerArn]" },
  [`${ELB}::TargetGroup`]: { command: "elbv2 describe-target-groups", query: "TargetGroups[].[TargetGroupArn]" },
  [`${ELB}::Listener`]: {
    command: "elbv2 describe-listeners --load-balancer-arn {}",
    query: "Listeners[].[ListenerArn]",
    under: `${ELB}::LoadBalancer`,
  },
  [`${ELB}::ListenerRule`]: {
    command: "elbv2 describe-rules --listener-arn {}",
    query: "Rules[?!IsDefault].[RuleArn]",
    under: `${ELB}::Listener`,
  },
  "AWS::SQS::Queue": { command: "sqs list-queues", query: "QueueUrls[].[@]", tail: true },
  "AWS::SNS::Topic": { command: "sns list-topics", query: "Topics[].[TopicArn]" },
  "AWS::DynamoDB::Table": { command: "dynamodb list-tables", query: "TableNames[].[@]" },
  "AWS::Kinesis::Stream": { command: "kinesis list-streams", query: "StreamNames[].[@]" },
  "AWS::CloudWatch::Alarm": {
    command: "cloudwatch describe-alarms",
    query: "MetricAlarms[].[AlarmName,AlarmArn]",
  },
  "AWS::Logs::LogGroup": { command: "logs describe-log-groups", query: "logGroups[].[logGroupName]" },
  "AWS::Events::Rule": { command: "events list-rules", query: "Rules[].[Name,Arn]" },
  "AWS::SageMaker::Model": { command: "sagemaker list-models", query: "Models[].[ModelName,ModelArn]" },
  "AWS::SageMaker::EndpointConfig": {
    command: "sagemaker list-endpoint-configs",
    query: "EndpointConfigs[].[EndpointConfigName,EndpointConfigArn]",
  },
  "AWS::SageMaker::Endpoint": { command: "sagemaker list-endpoints", query: "Endpoints[].[EndpointName,EndpointArn]" },
  "AWS::CloudFormation::Stack": { command: "cloudformation describe-stacks", query: "Stacks[].[StackName,StackId]" },
  "AWS::KMS::Key": { command: "kms list-keys", query: "Keys[].[KeyId,KeyArn]" },
  "AWS::SecretsManager::Secret": { command: "secretsmanager list-secrets", query: "SecretList[].[Name,ARN]" },
};
