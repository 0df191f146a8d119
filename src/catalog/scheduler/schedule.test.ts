import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

const IDS = ["a", "b", "c", "d", "e"].map((letter) => `default/nightly-${letter}`).concat("shop/a", "shop/paid");

function named(id: string) {
  const [GroupName = "", Name = ""] = id.split("/");
  return {
    GroupName,
    Name,
    ScheduleExpression: "rate(1 hour)",
    FlexibleTimeWindow: { Mode: "OFF" as const },
    Target: {
      Arn: "arn:aws:sqs:eu-west-1:111111111111:orders",
      RoleArn: "arn:aws:iam::111111111111:role/scheduler",
      Input: '{"key":"s3cr3t"}',
    },
  };
}

contractSuite("AWS::Scheduler::Schedule", {
  seed: async ({ send }) => {
    await send(SchedulerClient, new CreateScheduleGroupCommand({ Name: "shop" }));
    for (const id of IDS) await send(SchedulerClient, new CreateScheduleCommand(named(id)));
    return IDS;
  },
  remove: ({ send }, id) => {
    const { GroupName, Name } = named(id);
    return send(SchedulerClient, new DeleteScheduleCommand({ GroupName, Name }));
  },
  change: ({ send }, id) =>
    send(SchedulerClient, new UpdateScheduleCommand({ ...named(id), ScheduleExpression: "rate(2 hours)" })),
});

removalSuite("AWS::Scheduler::Schedule", {
  // The same name is in another group, too.
  seed: async ({ send }) => {
    await send(SchedulerClient, new CreateScheduleGroupCommand({ Name: "shop" }));
    for (const id of ["shop/nightly", "default/nightly"])
      await send(SchedulerClient, new CreateScheduleCommand(named(id)));
    return "shop/nightly";
  },
});
