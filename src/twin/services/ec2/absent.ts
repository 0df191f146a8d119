import type { Ec2Operations } from "./rows.ts";

/** Kinds that the twin can't make: there are none, and listings of them say so. */
export const absent: Ec2Operations = {
  DescribeCapacityReservations: () => ({ CapacityReservations: [] }),
  DescribeCarrierGateways: () => ({ CarrierGateways: [] }),
  DescribeClientVpnEndpoints: () => ({ ClientVpnEndpoints: [] }),
  DescribeCustomerGateways: () => ({ CustomerGateways: [] }),
  DescribeEgressOnlyInternetGateways: () => ({ EgressOnlyInternetGateways: [] }),
  DescribeFlowLogs: () => ({ FlowLogs: [] }),
  DescribeHosts: () => ({ Hosts: [] }),
  DescribeManagedPrefixLists: () => ({ PrefixLists: [] }),
  DescribePlacementGroups: () => ({ PlacementGroups: [] }),
  DescribeReservedInstances: () => ({ ReservedInstances: [] }),
  DescribeTransitGatewayAttachments: () => ({ TransitGatewayAttachments: [] }),
  DescribeTransitGatewayRouteTables: () => ({ TransitGatewayRouteTables: [] }),
  DescribeTransitGatewayVpcAttachments: () => ({ TransitGatewayVpcAttachments: [] }),
  DescribeTransitGateways: () => ({ TransitGateways: [] }),
  DescribeVpcEndpointConnections: () => ({ VpcEndpointConnections: [] }),
  DescribeVpcEndpointServiceConfigurations: () => ({ ServiceConfigurations: [] }),
  DescribeVpnConnections: () => ({ VpnConnections: [] }),
  DescribeVpnGateways: () => ({ VpnGateways: [] }),
};
