import type {
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
  VpcPeeringConnection,
} from "@aws-sdk/client-ec2";
import { kind } from "./rows.ts";

/*
 * What a network is made of, as AWS names and filters it.
 * Source: EC2 API reference, the Describe action of each.
 */

export const VPC = kind<Vpc>({
  table: "ec2.vpc",
  id: "VpcId",
  prefix: "vpc-",
  type: "vpc",
  tags: "Tags",
  notFound: "InvalidVpcID.NotFound",
  filters: {
    "vpc-id": "VpcId",
    "is-default": "IsDefault",
    isDefault: "IsDefault",
    "dhcp-options-id": "DhcpOptionsId",
    "owner-id": "OwnerId",
    "cidr-block-association.cidr-block": "CidrBlockAssociationSet[].CidrBlock",
    cidr: "CidrBlock",
    state: "State",
  },
});

export const SUBNET = kind<Subnet>({
  table: "ec2.subnet",
  id: "SubnetId",
  prefix: "subnet-",
  type: "subnet",
  tags: "Tags",
  notFound: "InvalidSubnetID.NotFound",
  filters: {
    "subnet-id": "SubnetId",
    "subnet-arn": "SubnetArn",
    "vpc-id": "VpcId",
    "availability-zone": "AvailabilityZone",
    "availability-zone-id": "AvailabilityZoneId",
    "default-for-az": "DefaultForAz",
    defaultForAz: "DefaultForAz",
    "map-public-ip-on-launch": "MapPublicIpOnLaunch",
    "owner-id": "OwnerId",
    "cidr-block": "CidrBlock",
    cidr: "CidrBlock",
    state: "State",
  },
});

const permissions = (prefix: string, member: string) => ({
  [`${prefix}ip-permission.cidr`]: `${member}[].IpRanges[].CidrIp`,
  [`${prefix}ip-permission.ipv6-cidr`]: `${member}[].Ipv6Ranges[].CidrIpv6`,
  [`${prefix}ip-permission.from-port`]: `${member}[].FromPort`,
  [`${prefix}ip-permission.to-port`]: `${member}[].ToPort`,
  [`${prefix}ip-permission.protocol`]: `${member}[].IpProtocol`,
  [`${prefix}ip-permission.group-id`]: `${member}[].UserIdGroupPairs[].GroupId`,
  [`${prefix}ip-permission.user-id`]: `${member}[].UserIdGroupPairs[].UserId`,
});

export const SECURITY_GROUP = kind<SecurityGroup>({
  table: "ec2.security-group",
  id: "GroupId",
  prefix: "sg-",
  type: "security-group",
  tags: "Tags",
  notFound: "InvalidGroup.NotFound",
  filters: {
    "group-id": "GroupId",
    "group-name": "GroupName",
    "vpc-id": "VpcId",
    "owner-id": "OwnerId",
    description: "Description",
    ...permissions("", "IpPermissions"),
    ...permissions("egress.", "IpPermissionsEgress"),
  },
});

export const NETWORK_INTERFACE = kind<NetworkInterface>({
  table: "ec2.network-interface",
  id: "NetworkInterfaceId",
  prefix: "eni-",
  type: "network-interface",
  tags: "TagSet",
  notFound: "InvalidNetworkInterfaceID.NotFound",
  filters: {
    "network-interface-id": "NetworkInterfaceId",
    "interface-type": "InterfaceType",
    "vpc-id": "VpcId",
    "subnet-id": "SubnetId",
    "group-id": "Groups[].GroupId",
    "group-name": "Groups[].GroupName",
    "availability-zone": "AvailabilityZone",
    "owner-id": "OwnerId",
    "requester-id": "RequesterId",
    "requester-managed": "RequesterManaged",
    "private-ip-address": "PrivateIpAddress",
    "addresses.private-ip-address": "PrivateIpAddresses[].PrivateIpAddress",
    "association.public-ip": "Association.PublicIp",
    "association.allocation-id": "Association.AllocationId",
    "attachment.attachment-id": "Attachment.AttachmentId",
    "attachment.instance-id": "Attachment.InstanceId",
    "attachment.status": "Attachment.Status",
    "attachment.delete-on-termination": "Attachment.DeleteOnTermination",
    description: "Description",
    status: "Status",
  },
});

export const ROUTE_TABLE = kind<RouteTable>({
  table: "ec2.route-table",
  id: "RouteTableId",
  prefix: "rtb-",
  type: "route-table",
  tags: "Tags",
  notFound: "InvalidRouteTableID.NotFound",
  filters: {
    "route-table-id": "RouteTableId",
    "vpc-id": "VpcId",
    "owner-id": "OwnerId",
    "association.main": "Associations[].Main",
    "association.subnet-id": "Associations[].SubnetId",
    "association.route-table-association-id": "Associations[].RouteTableAssociationId",
    "association.gateway-id": "Associations[].GatewayId",
    "route.destination-cidr-block": "Routes[].DestinationCidrBlock",
    "route.gateway-id": "Routes[].GatewayId",
    "route.nat-gateway-id": "Routes[].NatGatewayId",
    "route.instance-id": "Routes[].InstanceId",
    "route.transit-gateway-id": "Routes[].TransitGatewayId",
    "route.vpc-peering-connection-id": "Routes[].VpcPeeringConnectionId",
    "route.state": "Routes[].State",
    "route.origin": "Routes[].Origin",
  },
});

export const NETWORK_ACL = kind<NetworkAcl>({
  table: "ec2.network-acl",
  id: "NetworkAclId",
  prefix: "acl-",
  type: "network-acl",
  tags: "Tags",
  notFound: "InvalidNetworkAclID.NotFound",
  filters: {
    "network-acl-id": "NetworkAclId",
    "vpc-id": "VpcId",
    "owner-id": "OwnerId",
    "association.association-id": "Associations[].NetworkAclAssociationId",
    "association.network-acl-id": "Associations[].NetworkAclId",
    "association.subnet-id": "Associations[].SubnetId",
    default: "IsDefault",
  },
});

export const PEERING = kind<VpcPeeringConnection>({
  table: "ec2.vpc-peering-connection",
  id: "VpcPeeringConnectionId",
  prefix: "pcx-",
  type: "vpc-peering-connection",
  tags: "Tags",
  notFound: "InvalidVpcPeeringConnectionID.NotFound",
  filters: {
    "vpc-peering-connection-id": "VpcPeeringConnectionId",
    "status-code": "Status.Code",
    "requester-vpc-info.vpc-id": "RequesterVpcInfo.VpcId",
    "requester-vpc-info.owner-id": "RequesterVpcInfo.OwnerId",
    "accepter-vpc-info.vpc-id": "AccepterVpcInfo.VpcId",
    "accepter-vpc-info.owner-id": "AccepterVpcInfo.OwnerId",
  },
});

export const INTERNET_GATEWAY = kind<InternetGateway>({
  table: "ec2.internet-gateway",
  id: "InternetGatewayId",
  prefix: "igw-",
  type: "internet-gateway",
  tags: "Tags",
  notFound: "InvalidInternetGatewayID.NotFound",
  filters: {
    "internet-gateway-id": "InternetGatewayId",
    "attachment.vpc-id": "Attachments[].VpcId",
    "attachment.state": "Attachments[].State",
    "owner-id": "OwnerId",
  },
});

export const NAT_GATEWAY = kind<NatGateway>({
  table: "ec2.nat-gateway",
  id: "NatGatewayId",
  prefix: "nat-",
  type: "natgateway",
  tags: "Tags",
  notFound: "NatGatewayNotFound",
  filters: { "nat-gateway-id": "NatGatewayId", "vpc-id": "VpcId", "subnet-id": "SubnetId", state: "State" },
});

export const VPC_ENDPOINT = kind<VpcEndpoint>({
  table: "ec2.vpc-endpoint",
  id: "VpcEndpointId",
  prefix: "vpce-",
  type: "vpc-endpoint",
  tags: "Tags",
  notFound: "InvalidVpcEndpointId.NotFound",
  filters: {
    "vpc-endpoint-id": "VpcEndpointId",
    "vpc-id": "VpcId",
    "service-name": "ServiceName",
    "vpc-endpoint-type": "VpcEndpointType",
    "vpc-endpoint-state": "State",
  },
});
