import { AllocateAddressCommand, EC2Client, ReleaseAddressCommand } from "@aws-sdk/client-ec2";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { rowsOf, seven, tag } from "./ec2.trial.ts";
import entry from "./eip.ts";

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

it("names the place that its address belongs to: without it AWS does not find one of a Local Zone", async () => {
  const account = await testAccount();
  const NetworkBorderGroup = "eu-west-1-dub-1";
  const made = await account.send(EC2Client, new AllocateAddressCommand({ Domain: "vpc", NetworkBorderGroup }));
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = (await entry.read(scope, made.AllocationId ?? "")) as Found;
  const sent: ReleaseAddressCommand[] = [];
  const writer = { send: async (command: ReleaseAddressCommand) => sent.push(command) };
  await entry.removal.remove({ ...scope, writer: () => writer as never }, found);

  expect(sent.map(({ input }) => input)).toEqual([{ AllocationId: made.AllocationId, NetworkBorderGroup }]);
});
