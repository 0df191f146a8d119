import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { compositeAlarm, seedAlarms } from "./cloudwatch.trial.ts";

contractSuite("AWS::CloudWatch::CompositeAlarm", {
  seed: async (account) => (await seedAlarms(account)).composite,
  remove: ({ send }, name) => send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [name] })),
  change: ({ send }, name) => send(CloudWatchClient, compositeAlarm(name, "FALSE")),
});

removalSuite("AWS::CloudWatch::CompositeAlarm", {
  seed: async (account) => (await seedAlarms(account)).composite[0] ?? "",
  refused: [
    {
      seed: async (account) => {
        const { composite } = await seedAlarms(account);
        const [child = ""] = composite;
        await account.send(CloudWatchClient, compositeAlarm("all", `ALARM(${child}) AND NOT OK("age-b")`));
        return child;
      },
      because: /CompositeAlarm all uses it/,
    },
  ],
});
