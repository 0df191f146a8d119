import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CreateKeyPairCommand, CreateLaunchTemplateCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Network, securityGroup, tagged } from "./network.ts";
import { known, type Seed, tags } from "./seed.ts";

/** A public image of the web servers; not ours, so it is in no listing. */
const IMAGE = "ami-0a1b2c3d4e5f60718";

/** The web fleet: a launch template, an Auto Scaling group behind an ALB with weighted rules, and a bastion host. */
export async function webFleet(seed: Seed, at: Network): Promise<void> {
  const ec2 = seed.client(EC2Client);
  await ec2.send(
    new CreateKeyPairCommand({ KeyName: "operations", TagSpecifications: tagged("key-pair", "operations") }),
  );
  const template = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: "web",
      LaunchTemplateData: {
        ImageId: IMAGE,
        InstanceType: "m6i.large",
        KeyName: "operations",
        SecurityGroupIds: [at.webGroup],
        UserData: Buffer.from("#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n").toString("base64"),
      },
      TagSpecifications: tagged("launch-template", "web"),
    }),
  );
  const groups = await loadBalancer(seed, at);
  await seed.client(AutoScalingClient).send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: "web",
      LaunchTemplate: { LaunchTemplateId: known(template.LaunchTemplate?.LaunchTemplateId), Version: "$Latest" },
      MinSize: 2,
      MaxSize: 8,
      DesiredCapacity: 4,
      VPCZoneIdentifier: at.privateSubnets.join(","),
      TargetGroupARNs: [known(groups[0])],
      HealthCheckType: "ELB",
      HealthCheckGracePeriod: 120,
      Tags: tags({ Name: "web", env: "staging" }).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    }),
  );
  const bastion = await securityGroup(seed, at.vpc, "bastion", "Bastion host");
  await ec2.send(
    new RunInstancesCommand({
      ImageId: IMAGE,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
      KeyName: "operations",
      SubnetId: known(at.publicSubnets[0]),
      SecurityGroupIds: [bastion],
      TagSpecifications: tagged("instance", "bastion", { env: "staging" }),
    }),
  );
}

async function loadBalancer(seed: Seed, at: Network): Promise<string[]> {
  const elb = seed.client(ElasticLoadBalancingV2Client);
  const made = await elb.send(
    new CreateLoadBalancerCommand({
      Name: "web",
      Subnets: [...at.publicSubnets],
      SecurityGroups: [at.webGroup],
      Scheme: "internet-facing",
      Type: "application",
      Tags: tags({ env: "staging" }),
    }),
  );
  const LoadBalancerArn = known(made.LoadBalancers?.[0]?.LoadBalancerArn);
  const groups: string[] = [];
  for (const Name of ["web-primary", "web-canary", "web-standby"]) {
    const group = await elb.send(
      new CreateTargetGroupCommand({ Name, Protocol: "HTTP", Port: 8080, VpcId: at.vpc, HealthCheckPath: "/healthz" }),
    );
    groups.push(known(group.TargetGroups?.[0]?.TargetGroupArn));
  }
  const [primary = "", canary = "", standby = ""] = groups;
  const listener = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [{ Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: primary, Weight: 1 }] } }],
    }),
  );
  await elb.send(
    new CreateRuleCommand({
      ListenerArn: known(listener.Listeners?.[0]?.ListenerArn),
      Priority: 10,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/shop/*"] } }],
      Actions: [
        {
          Type: "forward",
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: primary, Weight: 90 },
              { TargetGroupArn: canary, Weight: 10 },
              { TargetGroupArn: standby, Weight: 0 },
            ],
            TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 600 },
          },
        },
      ],
    }),
  );
  return groups;
}
