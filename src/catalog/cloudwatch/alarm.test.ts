import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { metricAlarm, seedAlarms } from "./cloudwatch.trial.ts";

contractSuite("AWS::CloudWatch::Alarm", {
  seed: async (account) => (await seedAlarms(account)).metric,
  remove: async ({ send }, name) => {
    // The composite one that is made of it goes first.
    const AlarmNames = [name.replace("age", "late"), name];
    await send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames }));
  },
  change: ({ send }, name) => send(CloudWatchClient, metricAlarm(name, 600)),
});

removalSuite("AWS::CloudWatch::Alarm", {
  seed: async ({ send }) => {
    for (const name of ["age", "older"]) await send(CloudWatchClient, metricAlarm(name, 300));
    return "age";
  },
  refused: [
    {
      seed: async ({ send }) => {
        await send(CloudWatchClient, metricAlarm("TargetTracking-service/shop/web-AlarmHigh-1", 300));
        return "TargetTracking-service/shop/web-AlarmHigh-1";
      },
      because: /scaling policy/,
    },
    { seed: async (account) => (await seedAlarms(account)).metric[0] ?? "", because: /CompositeAlarm late-a uses it/ },
  ],
});
