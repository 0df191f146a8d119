import {
  CreateSnapshotCommand,
  DeregisterImageCommand,
  DisableImageCommand,
  EC2Client,
  EnableImageDeregistrationProtectionCommand,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { rowsOf, seven, volume } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Image", {
  seed: async (account) => {
    const VolumeId = await volume(account);
    return seven(async (number) => {
      const { SnapshotId } = await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }));
      const BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }];
      const image = { Name: `orders-${number}`, RootDeviceName: "/dev/xvda", BlockDeviceMappings };
      return (await account.send(EC2Client, new RegisterImageCommand(image))).ImageId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeregisterImageCommand({ ImageId: id })),
  // Still listed, and seen to be changed.
  change: ({ send }, id) => send(EC2Client, new DisableImageCommand({ ImageId: id })),
});

async function registered(account: TestAccount): Promise<string> {
  const VolumeId = await volume(account);
  const { SnapshotId } = await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }));
  const BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }];
  const image = { Name: "golden", RootDeviceName: "/dev/xvda", BlockDeviceMappings };
  return (await account.send(EC2Client, new RegisterImageCommand(image))).ImageId ?? "";
}

removalSuite("AWS::EC2::Image", {
  seed: registered,
  guarded: async (account) => {
    const ImageId = await registered(account);
    await account.send(EC2Client, new EnableImageDeregistrationProtectionCommand({ ImageId }));
    return ImageId;
  },
  refused: [
    {
      seed: async (account) => {
        const id = await registered(account);
        for (const row of rowsOf(account, "ec2.image"))
          row.Tags = [{ Key: "aws:backup:source-resource", Value: "i-0123456789abcdef0" }];
        return id;
      },
      because: /AWS Backup/,
    },
  ],
});
