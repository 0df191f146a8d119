import {
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Instance", {
  seed: async (account) => {
    await defaultNetwork(account);
    const launch = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro", MinCount: 7, MaxCount: 7 } as const;
    const { Instances = [] } = await account.send(EC2Client, new RunInstancesCommand(launch));
    return Instances.map((each) => each.InstanceId ?? "");
  },
  remove: ({ send }, id) => send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [id] })),
  change: ({ send }, id) =>
    send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId: id, SourceDestCheck: { Value: false } })),
});
