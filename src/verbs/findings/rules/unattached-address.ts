import { textAt } from "../../../catalog/charges.ts";
import { explain, type FindingRule } from "../rule.ts";

export const unattachedAddress: FindingRule = {
  id: "unattached-address",
  finds: "Elastic IP addresses that nothing is associated with",
  types: ["AWS::EC2::EIP"],
  saves: { kind: "removal" },
  remedy: "release it if nobody needs this very address again: AWS may give it to somebody else",
  command: explain,
  sources: [
    "https://aws.amazon.com/vpc/pricing/",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
  ],
  judge({ configuration }) {
    const pool = textAt(configuration, "PublicIpv4Pool");
    // One of an own range (BYOIP) costs nothing; one that a service manages is released by it.
    const isAwsOwn = pool === "" || pool === "amazon";
    if (!isAwsOwn || textAt(configuration, "ServiceManaged") !== "") return undefined;
    return textAt(configuration, "AssociationId") === "" ? { found: "it is associated with nothing" } : undefined;
  },
};
