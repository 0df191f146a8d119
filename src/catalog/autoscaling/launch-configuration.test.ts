import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DeleteLaunchConfigurationCommand,
} from "@aws-sdk/client-auto-scaling";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { writeScope } from "../scope.ts";
import group from "./auto-scaling-group.ts";
import entry from "./launch-configuration.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `web-${letter}`);

function made({ send }: TestAccount, LaunchConfigurationName: string, KeyName = "orders") {
  const what = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "t3.small", SecurityGroups: ["sg-0b", "sg-0a"] };
  const UserData = Buffer.from("s3cr3t").toString("base64");
  const settings = { ...what, UserData, KeyName, IamInstanceProfile: "orders" };
  return send(AutoScalingClient, new CreateLaunchConfigurationCommand({ LaunchConfigurationName, ...settings }));
}

const remove = ({ send }: TestAccount, LaunchConfigurationName: string) =>
  send(AutoScalingClient, new DeleteLaunchConfigurationCommand({ LaunchConfigurationName }));

contractSuite("AWS::AutoScaling::LaunchConfiguration", {
  seed: async (account) => {
    for (const name of NAMES) await made(account, name);
    return NAMES;
  },
  remove,
  // Nobody can change one: another takes its name.
  change: async (account, name) => {
    await remove(account, name);
    await made(account, name, "other");
  },
});

removalSuite("AWS::AutoScaling::LaunchConfiguration", {
  seed: async (account) => {
    for (const name of ["web", "other"]) await made(account, name);
    return "web";
  },
  refused: [
    {
      seed: async (account) => {
        await made(account, "web");
        const group = { AutoScalingGroupName: "web", LaunchConfigurationName: "web", MinSize: 0, MaxSize: 1 };
        const command = new CreateAutoScalingGroupCommand({ ...group, AvailabilityZones: ["eu-west-1a"] });
        await account.send(AutoScalingClient, command);
        return "web";
      },
      because: /AutoScalingGroup web uses it, and stays/,
    },
  ],
});

it("is gone where Auto Scaling, which has no code for that, says so in words", async () => {
  const { connection } = await testAccount();
  const scope = writeScope(connection, HERE, { signal: new AbortController().signal });
  const found = { id: "web", tags: {}, configuration: {} };

  await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(group.removal.remove(scope, found)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
