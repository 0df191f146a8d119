import { beforeAll, expect, test } from "vitest";
import { folder } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { makeZombie } from "./iam/zombie.ts";
import { databaseEvent, listen, ruleEvent, scheduleEvent } from "./serverless/happenings.ts";
import { configurationOf, invoke } from "./serverless/invoke.ts";
import { deploy, type Stack, uploadCode } from "./serverless/stacks.ts";
import { makeBalancer } from "./shed/balancer.ts";
import { alarmEvent, queueEvent, type Received } from "./shed/events.ts";
import { countIn, receive } from "./shed/queue.ts";
import { describeSite } from "./shed/site.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";
const SELECTION = JSON.stringify({ tag: ["env=dev"], regions: [HERE] });

describeMoto("the templates deployed to moto, their functions run on real events under their own roles", () => {
  const home = folder();
  const moto = useMoto({ strict: true, region: HERE });
  const { aws } = moto;
  let sums: Readonly<Record<string, string>>;
  const stacks = {} as Record<"reaper" | "shedder" | "schedule" | "stay" | "watch", Stack>;
  let site: Awaited<ReturnType<typeof makeBalancer>>;

  beforeAll(async () => {
    sums = await uploadCode(aws, home);
    site = await makeBalancer(aws, "web");
    stacks.reaper = await deploy(aws, "reaper", {});
    stacks.shedder = await deploy(aws, "load-shedder", {
      Listener: site.listener,
      Primary: site.groups.web,
      ShedPercent: "20",
      RestorePercent: "100",
      RestoreDelay: "60",
      CoolDown: "0",
    });
    stacks.schedule = await deploy(aws, "schedule", {
      DryRun: "false",
      Selection: SELECTION,
      PauseAt: "cron(0 19 ? * MON-FRI *)",
      ResumeAt: "cron(0 7 ? * MON-FRI *)",
      TimeZone: "Europe/Zurich",
      BudgetAmount: "100",
    });
    const StoreBucket = stacks.schedule.the("AWS::S3::Bucket");
    stacks.stay = await deploy(aws, "stay-safe", { DryRun: "false", StoreBucket });
    stacks.watch = await deploy(aws, "snapshot-watch", { SetBaseline: "true", Selection: `{"regions":["${HERE}"]}` });
  });

  test("pol", async () => {
    for (const arn of stacks.reaper.of("AWS::IAM::ManagedPolicy")) console.log(JSON.stringify(await aws.call(`iam get-policy-version --policy-arn ${arn} --version-id v1`)));
    console.log(JSON.stringify(await aws.call(`iam list-attached-role-policies --role-name ${stacks.reaper.the("AWS::IAM::Role")}`)));
    const r = stacks.reaper.the("AWS::IAM::Role");
    console.log(JSON.stringify(await aws.call(`iam list-role-policies --role-name ${r}`)));
  });
  test.skip("show", async () => {
    for (const [name, stack] of Object.entries(stacks)) console.log(name, stack.absent, stack.of("AWS::Lambda::Function"));
    console.log(JSON.stringify(await aws.call("scheduler list-schedules"), null, 1));
    console.log(JSON.stringify(await aws.call("events list-rules"), null, 1));
    console.log(JSON.stringify(await aws.call("cloudwatch describe-alarms --query MetricAlarms[].[AlarmName,Namespace,MetricName,Dimensions,AlarmActions,TreatMissingData,Statistic,Period,Threshold]"), null, 1));
    for (const stack of Object.values(stacks)) for (const f of stack.of("AWS::Lambda::Function")) console.log(JSON.stringify(await configurationOf(aws, f)), JSON.stringify(await aws.call(`lambda get-function-concurrency --function-name ${f}`)));
    console.log(JSON.stringify(await aws.call("logs describe-log-groups --query logGroups[].[logGroupName,retentionInDays]")));
    const u = stacks.shedder.the("AWS::SQS::Queue", "ShedSteps");
    console.log(JSON.stringify(await aws.call(`sqs get-queue-attributes --queue-url ${u} --attribute-names All`)));
    console.log(sums);
    for (const stack of Object.values(stacks)) for (const r of stack.of("AWS::Events::Rule")) console.log(JSON.stringify(await aws.call(`events list-targets-by-rule --rule ${r}`)));
  });

  test("reaper", async () => {
    const zombie = await makeZombie(aws, "1");
    const fn = stacks.reaper.the("AWS::Lambda::Function");
    const told = await listen(aws, stacks.reaper.the("AWS::SNS::Topic"));
    const event = ruleEvent(stacks.reaper.the("AWS::Events::Rule"));
    console.log(await invoke(moto, "reaper", fn, event));
    console.log(await told());
    const { Environment } = await configurationOf(aws, fn);
    await aws.call(`lambda update-function-configuration --function-name ${fn} --environment`, { Variables: { ...Environment.Variables, DRY_RUN: "false" } });
    console.log(await invoke(moto, "reaper", fn, event), zombie);
    console.log(await told());
  });
});
