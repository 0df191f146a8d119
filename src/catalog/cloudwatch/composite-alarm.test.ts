import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { compositeAlarm, seedAlarms } from "./cloudwatch.trial.ts";

contractSuite("AWS::CloudWatch::CompositeAlarm", {
  seed: async (account) => (await seedAlarms(account)).composite,
  remove: ({ send }, name) => send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [name] })),
  change: ({ send }, name) => send(CloudWatchClient, compositeAlarm(name, "FALSE")),
});
