import type { Aws } from "../awscli.ts";
import { stickyForwardTo, weighted } from "./actions.ts";

/** A load balancer with one listener. */
export interface Balancer {
  readonly balancer: string;
  readonly listener: string;
  /** `web` and `standby` have healthy targets, `spare` has none. */
  readonly groups: Readonly<Record<"web" | "standby" | "spare", string>>;
}

/**
 * Makes one in a VPC of its own; its default rule forwards to `web` alone, with the standby group at weight 0 beside it.
 * @param certificate its listener speaks HTTPS by; absent = HTTP
 */
export async function makeBalancer(
  aws: Pick<Aws, "text" | "call">,
  name: string,
  certificate?: string,
): Promise<Balancer> {
  const vpc = await aws.text("ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId");
  const subnet = (zone: string, block: string) =>
    aws.text(
      `ec2 create-subnet --vpc-id ${vpc} --cidr-block ${block} --availability-zone eu-west-1${zone} --query Subnet.SubnetId`,
    );
  const subnets = [await subnet("a", "10.0.1.0/24"), await subnet("b", "10.0.2.0/24")];
  const balancer = await aws.text(
    `elbv2 create-load-balancer --name ${name} --subnets ${subnets.join(" ")} --query LoadBalancers[0].LoadBalancerArn`,
  );
  const group = (kind: string) =>
    aws.text(
      `elbv2 create-target-group --name ${name}-${kind} --protocol HTTP --port 8080 --vpc-id ${vpc} --target-type ip --query TargetGroups[0].TargetGroupArn`,
    );
  const groups = { web: await group("web"), standby: await group("standby"), spare: await group("spare") };
  const register = (arn: string, ...ips: readonly string[]) =>
    aws.call(`elbv2 register-targets --target-group-arn ${arn} --targets ${ips.map((ip) => `Id=${ip}`).join(" ")}`);
  await register(groups.web, "10.0.1.10", "10.0.2.10");
  await register(groups.standby, "10.0.1.20");
  const port = certificate
    ? `--protocol HTTPS --port 443 --certificates CertificateArn=${certificate}`
    : "--protocol HTTP --port 80";
  const listener = await aws.text(
    `elbv2 create-listener --load-balancer-arn ${balancer} ${port} --query Listeners[0].ListenerArn --default-actions`,
    [stickyForwardTo(weighted(groups.web, 100, groups.standby, 0))],
  );
  return { balancer, listener, groups };
}
