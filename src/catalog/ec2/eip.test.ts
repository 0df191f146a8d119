import { AllocateAddressCommand, EC2Client, ReleaseAddressCommand } from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven, tag } from "./ec2.trial.ts";

contractSuite("AWS::EC2::EIP", {
  seed: ({ send }) =>
    seven(async () => (await send(EC2Client, new AllocateAddressCommand({ Domain: "vpc" }))).AllocationId),
  remove: ({ send }, id) => send(EC2Client, new ReleaseAddressCommand({ AllocationId: id })),
  change: tag,
  singlePage: true,
});
