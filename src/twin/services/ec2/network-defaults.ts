import { AwsFault, type Call } from "../../service.ts";
import { SUBNET, VPC } from "./network-kinds.ts";
import { type Ec2Operations, type Listing, pageOf, rows, those } from "./rows.ts";
import { defaultDhcpOptions, derivedId } from "./vpc-settings.ts";

const entry = (RuleNumber: number, RuleAction: "allow" | "deny", Egress: boolean) => ({
  CidrBlock: "0.0.0.0/0",
  Egress,
  Protocol: "-1",
  RuleAction,
  RuleNumber,
});

/** Lets everything pass. Source: VPC user guide, "Default network ACL for a VPC". */
const ENTRIES = [true, false].flatMap((egress) => [entry(100, "allow", egress), entry(32_767, "deny", egress)]);

/** The network ACL that comes with a VPC; the twin makes no other. */
function defaultAcl(call: Call, vpc: string | undefined) {
  const NetworkAclId = derivedId("acl-", vpc);
  return {
    NetworkAclId,
    Associations: those(SUBNET, call, (subnet) => subnet.VpcId === vpc).map(({ SubnetId }) => ({
      NetworkAclAssociationId: derivedId("aclassoc-", SubnetId),
      NetworkAclId,
      SubnetId,
    })),
    Entries: ENTRIES,
    IsDefault: true,
    OwnerId: call.account,
    Tags: [],
    VpcId: vpc,
  };
}

/** The filters that these two have, by what they look at. */
function wanted(asked: Listing, name: string, value: string | undefined): boolean {
  const filter = asked.Filters?.find((each) => each.Name === name);
  return filter?.Values?.includes(value ?? "") ?? true;
}

/** Network ACLs and DHCP options as AWS makes them by itself: enough for tools that list them. */
export const networkDefaults: Ec2Operations = {
  DescribeNetworkAcls(input, call) {
    const all = rows(VPC, call)
      .all()
      .map((vpc) => defaultAcl(call, vpc.VpcId))
      .filter((acl) => input.NetworkAclIds?.includes(acl.NetworkAclId) ?? true)
      .filter((acl) => wanted(input, "vpc-id", acl.VpcId) && wanted(input, "default", "true"));
    const { items, next } = pageOf(all, input);
    return { NetworkAcls: items, NextToken: next };
  },

  DescribeDhcpOptions(input, call) {
    const id = defaultDhcpOptions(call);
    const used = those(VPC, call, (vpc) => vpc.DhcpOptionsId === id).length > 0;
    const domain = call.region === "us-east-1" ? "ec2.internal" : `${call.region}.compute.internal`;
    const options = {
      DhcpOptionsId: id,
      DhcpConfigurations: [
        { Key: "domain-name", Values: [{ Value: domain }] },
        { Key: "domain-name-servers", Values: [{ Value: "AmazonProvidedDNS" }] },
      ],
      OwnerId: call.account,
      Tags: [],
    };
    const asked = (input.DhcpOptionsIds?.includes(id) ?? true) && wanted(input, "dhcp-options-id", id);
    return { DhcpOptions: used && asked ? [options] : [] };
  },

  DeleteDhcpOptions(input, call) {
    const id = input.DhcpOptionsId;
    if (those(VPC, call, (vpc) => vpc.DhcpOptionsId === id).length > 0)
      throw new AwsFault("DependencyViolation", `The dhcpOptions '${id}' has dependencies and cannot be deleted.`);
    if (id !== defaultDhcpOptions(call))
      throw new AwsFault("InvalidDhcpOptionID.NotFound", `The dhcpOption ID '${id}' does not exist`);
  },
};
