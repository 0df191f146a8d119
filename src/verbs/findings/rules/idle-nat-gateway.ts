import { explain, type FindingRule } from "../rule.ts";

export const idleNatGateway: FindingRule = {
  id: "idle-nat-gateway",
  finds: "NAT gateways that nothing goes through",
  types: ["AWS::EC2::NatGateway"],
  quietDays: 14,
  // What goes through it costs by the GB: that is nothing here.
  saves: { kind: "removal", parts: ["gateway"] },
  remedy: "delete it, then the routes to it; its Elastic IP address goes on costing until that is released, too",
  command: explain,
  sources: [
    "https://aws.amazon.com/vpc/pricing/",
    "https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html",
  ],
  judge: ({ state }) => (state === "available" ? { found: "nothing goes through it" } : undefined),
};
