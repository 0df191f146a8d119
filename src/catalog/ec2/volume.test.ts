import { DeleteVolumeCommand, DescribeInstancesCommand, EC2Client, ModifyVolumeCommand } from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, launched, seven, volume } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Volume", {
  seed: (account) => seven(() => volume(account)),
  remove: ({ send }, id) => send(EC2Client, new DeleteVolumeCommand({ VolumeId: id })),
  change: ({ send }, id) => send(EC2Client, new ModifyVolumeCommand({ VolumeId: id, Size: 20 })),
});

removalSuite("AWS::EC2::Volume", {
  seed: volume,
  backup: true,
  unusedActions: { "ec2:CreateTags": "asked for by the tags that the snapshot is made with" },
  refused: [
    {
      seed: async (account) => {
        await defaultNetwork(account);
        await launched(account);
        const { Reservations } = await account.send(EC2Client, new DescribeInstancesCommand({}));
        return Reservations?.[0]?.Instances?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? "";
      },
      because: /Instance i-\w+.* stays/,
    },
  ],
});
