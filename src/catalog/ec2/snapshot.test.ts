import {
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  EC2Client,
  ModifySnapshotAttributeCommand,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven, volume } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Snapshot", {
  seed: async (account) => {
    const VolumeId = await volume(account);
    return seven(async () => (await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }))).SnapshotId);
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteSnapshotCommand({ SnapshotId: id })),
  // Makes it public, which DescribeSnapshots tells only when it is asked who may restore.
  change: ({ send }, id) =>
    send(
      EC2Client,
      new ModifySnapshotAttributeCommand({ SnapshotId: id, CreateVolumePermission: { Add: [{ Group: "all" }] } }),
    ),
});
