import { DeleteVolumeCommand, EC2Client, ModifyVolumeCommand } from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven, volume } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Volume", {
  seed: (account) => seven(() => volume(account)),
  remove: ({ send }, id) => send(EC2Client, new DeleteVolumeCommand({ VolumeId: id })),
  change: ({ send }, id) => send(EC2Client, new ModifyVolumeCommand({ VolumeId: id, Size: 20 })),
});
