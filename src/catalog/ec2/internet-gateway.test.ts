import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DescribeInternetGatewaysCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { defaultNetwork, ownNetwork, seven } from "./ec2.trial.ts";
import entry from "./internet-gateway.ts";

contractSuite("AWS::EC2::InternetGateway", {
  seed: ({ send }) =>
    seven(async () => {
      const made = await send(EC2Client, new CreateInternetGatewayCommand({}));
      return made.InternetGateway?.InternetGatewayId;
    }),
  remove: ({ send }, id) => send(EC2Client, new DeleteInternetGatewayCommand({ InternetGatewayId: id })),
  change: async ({ send }, id) => {
    const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    return send(EC2Client, new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: Vpc?.VpcId }));
  },
});

removalSuite("AWS::EC2::InternetGateway", {
  seed: async (account) => {
    const { vpc: VpcId } = await ownNetwork(account);
    const { InternetGateway = {} } = await account.send(EC2Client, new CreateInternetGatewayCommand({}));
    const { InternetGatewayId } = InternetGateway;
    await account.send(EC2Client, new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    return InternetGatewayId ?? "";
  },
  prepares: ["detach"],
  refused: [
    {
      seed: async (account) => {
        await defaultNetwork(account);
        const { InternetGateways } = await account.send(EC2Client, new DescribeInternetGatewaysCommand({}));
        return InternetGateways?.[0]?.InternetGatewayId ?? "";
      },
      because: /default/,
    },
  ],
});

it("has done its part where an answer was lost and the gateway is detached already", async () => {
  const account = await testAccount();
  const { vpc: VpcId } = await ownNetwork(account);
  const made = await account.send(EC2Client, new CreateInternetGatewayCommand({}));
  const InternetGatewayId = made.InternetGateway?.InternetGatewayId ?? "";
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = (await entry.read(scope, InternetGatewayId)) as Found;
  const configuration = { ...found.configuration, Attachments: [{ VpcId, State: "available" }] };

  await expect(entry.removal.prepare(scope, { ...found, configuration })).resolves.toBeUndefined();
});
