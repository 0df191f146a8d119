import {
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  EC2Client,
  ModifySnapshotAttributeCommand,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { rowsOf, seven, volume } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Snapshot", {
  seed: async (account) => {
    const VolumeId = await volume(account);
    const ids = await seven(
      async () => (await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }))).SnapshotId,
    );
    await account.twin.clock.sleep(60_000);
    return ids;
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteSnapshotCommand({ SnapshotId: id })),
  // Makes it public, which DescribeSnapshots tells only when it is asked who may restore.
  change: ({ send }, id) =>
    send(
      EC2Client,
      new ModifySnapshotAttributeCommand({ SnapshotId: id, CreateVolumePermission: { Add: [{ Group: "all" }] } }),
    ),
});

async function taken(account: TestAccount): Promise<string> {
  const VolumeId = await volume(account);
  return (await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }))).SnapshotId ?? "";
}

removalSuite("AWS::EC2::Snapshot", {
  seed: taken,
  refused: [
    {
      seed: async (account) => {
        const id = await taken(account);
        for (const row of rowsOf(account, "ec2.snapshot"))
          row.Tags = [{ Key: "aws:backup:source-resource", Value: "vol-0123456789abcdef0" }];
        return id;
      },
      because: /AWS Backup/,
    },
    {
      seed: async (account) => {
        const SnapshotId = await taken(account);
        const image = { Name: "golden", BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }] };
        await account.send(EC2Client, new RegisterImageCommand(image));
        return SnapshotId;
      },
      because: /Image golden uses it/,
    },
  ],
});
