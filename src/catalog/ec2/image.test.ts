import {
  CreateSnapshotCommand,
  DeregisterImageCommand,
  DisableImageCommand,
  EC2Client,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven, volume } from "./ec2.trial.ts";

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
