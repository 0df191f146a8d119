import { AllocateAddressCommand, EC2Client, ReleaseAddressCommand } from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { rowsOf, seven, tag } from "./ec2.trial.ts";

contractSuite("AWS::EC2::EIP", {
  seed: ({ send }) =>
    seven(async () => (await send(EC2Client, new AllocateAddressCommand({ Domain: "vpc" }))).AllocationId),
  remove: ({ send }, id) => send(EC2Client, new ReleaseAddressCommand({ AllocationId: id })),
  change: tag,
  singlePage: true,
});

const allocated = async ({ send }: TestAccount) =>
  (await send(EC2Client, new AllocateAddressCommand({ Domain: "vpc" }))).AllocationId ?? "";

removalSuite("AWS::EC2::EIP", {
  seed: allocated,
  refused: [
    {
      seed: async (account) => {
        const id = await allocated(account);
        for (const row of rowsOf(account, "ec2.address")) row.ServiceManaged = "nlb";
        return id;
      },
      because: /managed by nlb/,
    },
  ],
});
