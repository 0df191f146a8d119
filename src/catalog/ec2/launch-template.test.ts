import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven } from "./ec2.trial.ts";

const UserData = Buffer.from("#!/bin/sh\nexport DB_PASSWORD=hunter2").toString("base64");

contractSuite("AWS::EC2::LaunchTemplate", {
  seed: ({ send }) =>
    seven(async (number) => {
      const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro", UserData } as const;
      const template = { LaunchTemplateName: `orders-${number}`, LaunchTemplateData };
      return (await send(EC2Client, new CreateLaunchTemplateCommand(template))).LaunchTemplate?.LaunchTemplateId;
    }),
  remove: ({ send }, id) => send(EC2Client, new DeleteLaunchTemplateCommand({ LaunchTemplateId: id })),
  change: ({ send }, id) => {
    const LaunchTemplateData = { InstanceType: "t3.small" } as const;
    const version = { LaunchTemplateId: id, SourceVersion: "1", LaunchTemplateData };
    return send(EC2Client, new CreateLaunchTemplateVersionCommand(version));
  },
});

removalSuite("AWS::EC2::LaunchTemplate", {
  seed: async ({ send }) => {
    const template = { LaunchTemplateName: "orders", LaunchTemplateData: { UserData } };
    return (await send(EC2Client, new CreateLaunchTemplateCommand(template))).LaunchTemplate?.LaunchTemplateId ?? "";
  },
});
