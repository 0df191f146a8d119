import {
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from "@aws-sdk/client-ec2";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { defaultNetwork, launched, rowsOf, seven } from "./ec2.trial.ts";
import entry from "./network-interface.ts";

contractSuite("AWS::EC2::NetworkInterface", {
  seed: async (account) => {
    const { subnet } = await defaultNetwork(account);
    return seven(async () => {
      const made = await account.send(EC2Client, new CreateNetworkInterfaceCommand({ SubnetId: subnet }));
      return made.NetworkInterface?.NetworkInterfaceId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
  change: ({ send }, id) => {
    const SourceDestCheck = { Value: false };
    return send(EC2Client, new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, SourceDestCheck }));
  },
});

async function single(account: TestAccount): Promise<string> {
  const { subnet } = await defaultNetwork(account);
  const made = await account.send(EC2Client, new CreateNetworkInterfaceCommand({ SubnetId: subnet }));
  return made.NetworkInterface?.NetworkInterfaceId ?? "";
}

/** One that AWS tells so. */
const told = (members: object) => async (account: TestAccount) => {
  const id = await single(account);
  for (const row of rowsOf(account, "ec2.network-interface")) Object.assign(row, members);
  return id;
};

removalSuite("AWS::EC2::NetworkInterface", {
  seed: single,
  refused: [
    { seed: told({ RequesterManaged: true }), because: /the service that made it/ },
    { seed: told({ Operator: { Managed: true, Principal: "ecs.amazonaws.com" } }), because: /ecs\.amazonaws\.com/ },
    { seed: told({ InterfaceType: "lambda" }), because: /of a service \(lambda\)/ },
    { seed: told({ Attachment: { InstanceOwnerId: "amazon-aws" } }), because: /something of amazon-aws/ },
    {
      seed: async (account) => {
        const NetworkInterfaceId = await single(account);
        const InstanceId = await launched(account);
        const attached = { NetworkInterfaceId, InstanceId, DeviceIndex: 1 };
        await account.send(EC2Client, new AttachNetworkInterfaceCommand(attached));
        return NetworkInterfaceId;
      },
      because: /Instance i-\w+ uses it, and stays/,
    },
  ],
});

it("waits for one that is still attached: AWS refuses it by a code that says nothing of that", async () => {
  const account = await testAccount();
  const id = await single(account);
  const InstanceId = await launched(account);
  await account.send(
    EC2Client,
    new AttachNetworkInterfaceCommand({ NetworkInterfaceId: id, InstanceId, DeviceIndex: 1 }),
  );
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = (await entry.read(scope, id)) as Found;

  await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ details: { isHeld: true } });
});
