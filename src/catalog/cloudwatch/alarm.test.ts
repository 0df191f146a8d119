import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { metricAlarm, seedAlarms } from "./cloudwatch.trial.ts";

contractSuite("AWS::CloudWatch::Alarm", {
  seed: async (account) => (await seedAlarms(account)).metric,
  remove: ({ send }, name) => send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [name] })),
  change: ({ send }, name) => send(CloudWatchClient, metricAlarm(name, 600)),
});
