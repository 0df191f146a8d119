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
  "rds describe-db-instances": "DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBInstanceClass]",
  "rds describe-db-clusters": "DBClusters[].[DBClusterIdentifier,Status,DBClusterMembers[].DBInstanceIdentifier]",
  "lambda list-event-source-mappings": "EventSourceMappings[].[UUID,State]",
  "kinesis describe-stream-summary --stream-name shop-clicks": "StreamDescriptionSummary.[StreamStatus,OpenShardCount]",
  "cloudwatch describe-alarms": "MetricAlarms[].[AlarmName,ActionsEnabled]",
  "dynamodb describe-table --table-name shop-carts":
    "Table.[BillingModeSummary.BillingMode,ProvisionedThroughput.ReadCapacityUnits,ProvisionedThroughput.WriteCapacityUnits]",
  "events list-rules": "Rules[].[Name,State]",
};

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
  beforeAll(async () => {
    await seedAccount(moto.url);
    // One alarm that its owner has switched off on purpose.
    await moto.aws.call(
      "cloudwatch put-metric-alarm --alarm-name silent --no-actions-enabled --namespace AWS/EC2 --metric-name CPUUtilization --statistic Average --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanThreshold --alarm-actions arn:aws:sns:eu-west-1:123456789012:shop",
    );
  });

  test("awscli sees everything stopped, then everything as it was", async () => {
    const before = await describeAll();
    const paused = await evenkeel("pause", "--regions", HERE, "--yes", "--output", "json");
    expect(paused.code, paused.stderr).toBe(0);
    const between = await describeAll();
    const back = await evenkeel("resume", "--yes", "--output", "json");
    expect(back.code, back.stderr).toBe(0);
    const after = await describeAll();

    const unmoved = Object.keys(DESCRIBES).filter(
      (command) => JSON.stringify(between[command]) === JSON.stringify(before[command]),
    );
    expect(unmoved).toEqual([]);
    expect(after).toEqual(before);
    expect(JSON.stringify(after["cloudwatch describe-alarms"])).toContain('["silent",false]');
    expect(JSON.parse(back.stdout)).toMatchObject({ closed: true });
  });
});
