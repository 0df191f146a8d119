import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, rowsOf, seven, tag } from "./ec2.trial.ts";

contractSuite("AWS::EC2::NatGateway", {
  seed: async (account) => {
    const { subnet } = await defaultNetwork(account);
    return seven(async () => {
      const { AllocationId } = await account.send(EC2Client, new AllocateAddressCommand({}));
      const made = await account.send(EC2Client, new CreateNatGatewayCommand({ SubnetId: subnet, AllocationId }));
      return made.NatGateway?.NatGatewayId;
    });
  },
  remove: async ({ send, twin }, id) => {
    await send(EC2Client, new DeleteNatGatewayCommand({ NatGatewayId: id }));
    await twin.clock.sleep(120_000);
  },
  change: tag,
});

async function translator(account: TestAccount): Promise<string> {
  const { subnet } = await defaultNetwork(account);
  const { AllocationId } = await account.send(EC2Client, new AllocateAddressCommand({}));
  const made = await account.send(EC2Client, new CreateNatGatewayCommand({ SubnetId: subnet, AllocationId }));
  return made.NatGateway?.NatGatewayId ?? "";
}

removalSuite("AWS::EC2::NatGateway", {
  seed: translator,
  refused: [
    {
      seed: async (account) => {
        const NatGatewayId = await translator(account);
        await account.send(EC2Client, new DeleteNatGatewayCommand({ NatGatewayId }));
        for (const row of rowsOf(account, "twin.move")) row.until = "2099-01-01T00:00:00.000Z";
        return NatGatewayId;
      },
      because: /on its way out already: deleting/,
    },
  ],
});
