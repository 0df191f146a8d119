import { beforeEach, expect, test } from "vitest";
import { describeServers } from "../strangers/servers.ts";
import { refusal } from "./refusal.ts";

const ACCEPTED = "accepted";
const DEPENDENCY = "DependencyViolation";
const FUNCTION_TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

describeServers("EC2 refuses to delete what networks need", ({ aws, comeToRest }) => {
  let vpc: string;
  let subnet: string;

  beforeEach(async () => {
    vpc = await aws.text("ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId");
    subnet = await aws.text(`ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.0.1.0/24 --query Subnet.SubnetId`);
  });

  const group = (name: string) =>
    aws.text(`ec2 create-security-group --group-name ${name} --description ${name} --vpc-id ${vpc} --query GroupId`);
  const instance = (...more: readonly string[]) =>
    aws.text(
      `ec2 run-instances --image-id ami-1234abcd --subnet-id ${subnet} --query Instances[0].InstanceId`,
      ...more,
    );
  const address = () => aws.text("ec2 allocate-address --domain vpc --query AllocationId");

  test("a default security group can never be deleted", async () => {
    const id = await aws.text("ec2 describe-security-groups --query SecurityGroups[0].GroupId --group-names default");

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe("CannotDelete");
  });

  test("a security group in use by an instance is kept until the instance is terminated", async () => {
    const id = await group("web");
    const server = await instance("--security-group-ids", id);

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 stop-instances --instance-ids ${server}`);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 terminate-instances --instance-ids ${server}`);
    comeToRest();
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(ACCEPTED);
  });

  test("a security group in use by a network interface is kept", async () => {
    const id = await group("eni");
    const made = await aws.text(
      `ec2 create-network-interface --subnet-id ${subnet} --groups ${id} --query NetworkInterface.NetworkInterfaceId`,
    );

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 delete-network-interface --network-interface-id ${made}`);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(ACCEPTED);
  });

  test("two security groups that name each other hold each other until a rule is revoked", async () => {
    const [one, two] = [await group("one"), await group("two")];
    const rule = (to: string, from: string) => `--group-id ${to} --protocol tcp --port 80 --source-group ${from}`;
    await aws.call(`ec2 authorize-security-group-ingress ${rule(one, two)}`);
    await aws.call(`ec2 authorize-security-group-ingress ${rule(two, one)}`);

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${one}`)).toBe(DEPENDENCY);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${two}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 revoke-security-group-ingress ${rule(two, one)}`);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${one}`)).toBe(ACCEPTED);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${two}`)).toBe(ACCEPTED);
  });

  test("a security group whose rule names the group itself can be deleted", async () => {
    const id = await group("self");
    await aws.call(
      `ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port 80 --source-group ${id}`,
    );

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(ACCEPTED);
  });

  test("a security group, subnet and VPC in use by a load balancer are kept", async () => {
    const id = await group("alb");
    const other = await aws.text(
      `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.0.2.0/24 --availability-zone eu-west-1b --query Subnet.SubnetId`,
    );
    const balancer = await aws.text(
      `elbv2 create-load-balancer --name shop --subnets ${subnet} ${other} --security-groups ${id} --query LoadBalancers[0].LoadBalancerArn`,
    );

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(DEPENDENCY);
    expect(await refusal(aws, `ec2 delete-subnet --subnet-id ${other}`)).toBe(DEPENDENCY);
    await aws.call(`elbv2 delete-load-balancer --load-balancer-arn ${balancer}`);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${id}`)).toBe(ACCEPTED);
    expect(await refusal(aws, `ec2 delete-subnet --subnet-id ${other}`)).toBe(ACCEPTED);
  });

  test("a security group in use by a database or a function is kept", async () => {
    const [data, code] = [await group("data"), await group("code")];
    await aws.call(
      `rds create-db-instance --db-instance-identifier db --engine postgres --db-instance-class db.m5.large --allocated-storage 20 --master-username u --master-user-password not-a-secret --vpc-security-group-ids ${data}`,
    );
    const role = await aws.text(
      "iam create-role --role-name f --query Role.Arn --assume-role-policy-document",
      FUNCTION_TRUST,
    );
    await aws.call("lambda create-function --cli-input-json", {
      FunctionName: "f",
      Runtime: "python3.12",
      Role: role,
      Handler: "m.h",
      Code: { ZipFile: `PK\u0005\u0006${"\0".repeat(18)}` },
      VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [code] },
    });

    expect(await refusal(aws, `ec2 delete-security-group --group-id ${data}`)).toBe(DEPENDENCY);
    expect(await refusal(aws, `ec2 delete-security-group --group-id ${code}`)).toBe(DEPENDENCY);
  });

  test("a VPC comes down only in order: instance, NAT gateway, addresses, group, internet gateway, subnet, VPC", async () => {
    const id = await group("web");
    const server = await instance("--security-group-ids", id);
    const gateway = await aws.text("ec2 create-internet-gateway --query InternetGateway.InternetGatewayId");
    await aws.call(`ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);
    const [outgoing, incoming] = [await address(), await address()];
    const nat = await aws.text(
      `ec2 create-nat-gateway --subnet-id ${subnet} --allocation-id ${outgoing} --query NatGateway.NatGatewayId`,
    );
    await aws.call(`ec2 associate-address --allocation-id ${incoming} --instance-id ${server}`);
    const own = await aws.text(
      `ec2 describe-nat-gateways --nat-gateway-ids ${nat} --query NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId`,
    );
    expect(await refusal(aws, `ec2 delete-network-interface --network-interface-id ${own}`)).toBe(
      "InvalidParameterValue",
    );
    const held = [
      [`release-address --allocation-id ${outgoing}`, "InvalidIPAddress.InUse"],
      [`release-address --allocation-id ${incoming}`, "InvalidIPAddress.InUse"],
      [`delete-security-group --group-id ${id}`, DEPENDENCY],
      [`detach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`, DEPENDENCY],
      [`delete-subnet --subnet-id ${subnet}`, DEPENDENCY],
      [`delete-vpc --vpc-id ${vpc}`, DEPENDENCY],
    ] as const;

    for (const [step, expected] of held) expect.soft(await refusal(aws, `ec2 ${step}`), step).toBe(expected);
    await aws.call(`ec2 terminate-instances --instance-ids ${server}`);
    await aws.call(`ec2 delete-nat-gateway --nat-gateway-id ${nat}`);
    comeToRest();
    for (const [step] of held) expect.soft(await refusal(aws, `ec2 ${step}`), step).toBe(ACCEPTED);
  });

  test("a VPC with an endpoint or a security group of its own is kept", async () => {
    const lonely = await aws.text("ec2 create-vpc --cidr-block 10.7.0.0/16 --query Vpc.VpcId");
    const endpoint = await aws.text(
      `ec2 create-vpc-endpoint --vpc-id ${lonely} --service-name com.amazonaws.eu-west-1.s3 --query VpcEndpoint.VpcEndpointId`,
    );

    expect(await refusal(aws, `ec2 delete-vpc --vpc-id ${lonely}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
    comeToRest();
    const own = await aws.text(
      `ec2 create-security-group --group-name own --description own --vpc-id ${lonely} --query GroupId`,
    );
    expect(await refusal(aws, `ec2 delete-vpc --vpc-id ${lonely}`)).toBe(DEPENDENCY);
    await aws.call(`ec2 delete-security-group --group-id ${own}`);
    expect(await refusal(aws, `ec2 delete-vpc --vpc-id ${lonely}`)).toBe(ACCEPTED);
  });

  test("a network interface that is attached is kept until it is detached", async () => {
    const server = await instance();
    const id = await aws.text(
      `ec2 create-network-interface --subnet-id ${subnet} --query NetworkInterface.NetworkInterfaceId`,
    );
    const attached = await aws.text(
      `ec2 attach-network-interface --device-index 1 --instance-id ${server} --network-interface-id ${id} --query AttachmentId`,
    );

    expect(await refusal(aws, `ec2 delete-network-interface --network-interface-id ${id}`)).toBe(
      "InvalidParameterValue",
    );
    await aws.call(`ec2 detach-network-interface --attachment-id ${attached}`);
    expect(await refusal(aws, `ec2 delete-network-interface --network-interface-id ${id}`)).toBe(ACCEPTED);
  });
});
