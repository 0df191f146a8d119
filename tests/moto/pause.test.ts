import { beforeAll, expect, test } from "vitest";
import { environment, folder, start } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { seedAccount } from "./seed.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";

/** What awscli says of everything that a pause moves, without what moves by itself. */
const DESCRIBES: Readonly<Record<string, string>> = {
  "ec2 describe-instances": "Reservations[].Instances[].[InstanceId,State.Name,InstanceType,SubnetId,PrivateIpAddress]",
  "autoscaling describe-auto-scaling-groups":
    "AutoScalingGroups[].[AutoScalingGroupName,MinSize,MaxSize,DesiredCapacity,SuspendedProcesses[].ProcessName,Instances[].InstanceId]",
  "ecs describe-services --cluster shop --services shop-api": "services[].[serviceName,status,desiredCount]",
  "application-autoscaling describe-scalable-targets --service-namespace ecs":
    "ScalableTargets[].[ResourceId,MinCapacity,MaxCapacity,SuspendedState]",
  "rds describe-db-instances": "DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBInstanceClass]",
  "rds describe-db-clusters": "DBClusters[].[DBClusterIdentifier,Status,DBClusterMembers[].DBInstanceIdentifier]",
  "lambda get-function-concurrency --function-name shop-worker": "[ReservedConcurrentExecutions]",
  "lambda get-function-concurrency --function-name shop-reserved": "[ReservedConcurrentExecutions]",
  "lambda list-event-source-mappings": "EventSourceMappings[].[UUID,State]",
  "kinesis describe-stream-summary --stream-name wide-clicks": "StreamDescriptionSummary.[StreamStatus,OpenShardCount]",
  "cloudwatch describe-alarms": "MetricAlarms[].[AlarmName,ActionsEnabled]",
  "sagemaker list-endpoints": "Endpoints[].[EndpointName,EndpointStatus]",
  "dynamodb describe-table --table-name shop-carts":
    "Table.[BillingModeSummary.BillingMode,ProvisionedThroughput.ReadCapacityUnits,ProvisionedThroughput.WriteCapacityUnits]",
  "events list-rules": "Rules[].[Name,State]",
};

/** What stands beside: awscli describes it in full, and no pause may touch it. */
const STANDS: readonly string[] = [
  "sagemaker describe-endpoint-config --endpoint-config-name shop-ranking",
  "ecs describe-task-definition --task-definition shop-api",
  "lambda get-function-configuration --function-name shop-worker",
];

/** Beside the common account: what only a pause has to tell apart. */
const MORE: readonly string[] = [
  // One alarm that its owner has switched off on purpose.
  "cloudwatch put-metric-alarm --alarm-name silent --no-actions-enabled --namespace AWS/EC2 --metric-name CPUUtilization --statistic Average --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanThreshold --alarm-actions arn:aws:sns:eu-west-1:123456789012:shop",
  // A function with a reservation, beside one without.
  "lambda put-function-concurrency --function-name shop-reserved --reserved-concurrent-executions 7",
  // Scaling in is suspended by its owner.
  "application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/shop/shop-api --scalable-dimension ecs:service:DesiredCount --min-capacity 1 --max-capacity 5 --suspended-state DynamicScalingInSuspended=true,DynamicScalingOutSuspended=false,ScheduledScalingSuspended=false",
  "kinesis create-stream --stream-name wide-clicks --shard-count 4",
];

describeMoto("pause and resume against moto, in an account made by awscli", () => {
  const moto = useMoto({ strict: true, region: HERE });
  const home = folder();
  const evenkeel = (...args: string[]) => start(args, environment(moto.url, home), home).done;
  const describeAll = async () => {
    const all: Record<string, unknown> = {};
    for (const [command, query] of Object.entries(DESCRIBES))
      all[command] = await moto.aws.call(command, "--query", query);
    return all;
  };
  const standing = () => Promise.all(STANDS.map((command) => moto.aws.call(command)));
  beforeAll(async () => {
    await seedAccount(moto.url);
    const role = await moto.aws.text("lambda get-function-configuration --function-name shop-worker --query Role");
    await moto.aws.call("lambda create-function --cli-input-json", {
      FunctionName: "shop-reserved",
      Runtime: "python3.12",
      Role: role,
      Handler: "main.handler",
      Code: { ZipFile: Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64").toString("base64") },
    });
    for (const command of MORE) await moto.aws.call(command);
  });

  test("awscli sees everything stopped, then everything as it was", async () => {
    const before = await describeAll();
    const aside = await standing();
    const paused = await evenkeel("pause", "--regions", HERE, "--yes", "--output", "json");
    expect(paused.code, paused.stderr).toBe(0);
    const between = await describeAll();
    const back = await evenkeel("resume", "--yes", "--output", "json");
    expect(back.code, back.stderr).toBe(0);
    const after = await describeAll();

    const unmoved = Object.keys(DESCRIBES).filter(
      (command) => JSON.stringify(between[command]) === JSON.stringify(before[command]),
    );
    expect(unmoved, paused.stdout).toEqual([]);
    expect(after).toEqual(before);
    expect(await standing()).toEqual(aside);
    expect(JSON.stringify(after["cloudwatch describe-alarms"])).toContain('["silent",false]');
    expect(JSON.parse(back.stdout)).toMatchObject({ closed: true });
  });
});
