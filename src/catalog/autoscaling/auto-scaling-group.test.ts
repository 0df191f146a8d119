import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { contractSuite } from "../../../tests/contract/suite.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `web-${letter}`);

contractSuite("AWS::AutoScaling::AutoScalingGroup", {
  seed: async ({ send }) => {
    for (const AutoScalingGroupName of NAMES)
      await send(
        AutoScalingClient,
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName,
          LaunchTemplate: { LaunchTemplateId: "lt-0a1b2c3d4e5f60718", Version: "$Latest" },
          MinSize: 1,
          MaxSize: 3,
          VPCZoneIdentifier: "subnet-0b,subnet-0a",
          Tags: [{ Key: "team", Value: "web", PropagateAtLaunch: true }],
        }),
      );
    return NAMES;
  },
  remove: ({ send }, AutoScalingGroupName) =>
    send(AutoScalingClient, new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true })),
  change: ({ send }, AutoScalingGroupName) =>
    send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MaxSize: 5 })),
});
