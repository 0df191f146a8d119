import { AwsFault } from "../../service.ts";
import { VPC } from "./network-kinds.ts";
import { type Ec2Operations, type Listing, those } from "./rows.ts";
import { defaultDhcpOptions } from "./vpc-settings.ts";

/** A filter, by what it looks at. */
function wanted(asked: Listing, name: string, value: string | undefined): boolean {
  const filter = asked.Filters?.find((each) => each.Name === name);
  return filter?.Values?.includes(value ?? "") ?? true;
}

/** DHCP options as AWS makes them by itself: enough for tools that list them. */
export const networkDefaults: Ec2Operations = {
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
