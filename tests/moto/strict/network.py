"""Subnets, VPCs, gateways, interfaces and addresses cannot be deleted while something stands in them.

Where moto forgets to let go (a deleted NAT gateway keeps its interface and address), this lets go as AWS does: else the rules
below would refuse for ever.
"""

from typing import Any

from moto.elbv2.models import elbv2_backends

from .groups import backend_of, held_interfaces, live_instances
from .hooks import Refusal, after, guard


def in_subnets(response: Any, subnets: set[str]) -> list[str]:
    """What stands in these subnets: instances, interfaces, NAT gateways, load balancers."""
    ec2 = response.ec2_backend
    balancers = backend_of(elbv2_backends, response).load_balancers.values()
    return [
        *[i.id for i in live_instances(ec2) if i.subnet_id in subnets],
        *[e.id for e in held_interfaces(ec2) if e.subnet.id in subnets],
        *[
            n.id
            for n in ec2.nat_gateways.values()
            if n.state != "deleted" and n.subnet_id in subnets
        ],
        *[b.name for b in balancers if subnets & {s.id for s in b.subnets}],
    ]


@guard("ec2", "DeleteSubnet")
def refuse_subnet_in_use(response: Any) -> None:
    """DependencyViolation for a subnet with anything in it."""
    subnet = response._get_param("SubnetId")
    if in_subnets(response, {subnet}):
        message = f"The subnet '{subnet}' has dependencies and cannot be deleted."
        raise Refusal("DependencyViolation", message)


@guard("ec2", "DeleteVpc")
def refuse_vpc_in_use(response: Any) -> None:
    """DependencyViolation for a VPC with gateways, endpoints or groups of its own; moto looks at subnets and route tables."""
    ec2, vpc = response.ec2_backend, response._get_param("VpcId")
    gateways = [g for g in ec2.internet_gateways.values() if g.vpc and g.vpc.id == vpc]
    endpoints = [
        e
        for e in ec2.vpc_end_points.values()
        if e.vpc_id == vpc and e.state != "deleted"
    ]
    own = [g for g in ec2.groups.get(vpc, {}).values() if g.name != "default"]
    if gateways or endpoints or own:
        message = f"The vpc '{vpc}' has dependencies and cannot be deleted."
        raise Refusal("DependencyViolation", message)


@guard("ec2", "DetachInternetGateway")
def refuse_gateway_with_addresses(response: Any) -> None:
    """DependencyViolation while an elastic IP is mapped into the VPC."""
    vpc = response._get_param("VpcId")
    for address in response.ec2_backend.addresses:
        if address.eni and address.eni.subnet.vpc_id == vpc:
            what = f"Network {vpc} has some mapped public address(es)."
            advice = (
                "Please unmap those public address(es) before detaching the gateway."
            )
            raise Refusal("DependencyViolation", f"{what} {advice}")


@guard("ec2", "DeleteNetworkInterface")
def refuse_attached_interface(response: Any) -> None:
    """InvalidParameterValue for an interface of an instance or a NAT gateway."""
    ec2, wanted = response.ec2_backend, response._get_param("NetworkInterfaceId")
    attached = [e.id for e in held_interfaces(ec2) if e.instance]
    gateways = [n._eni.id for n in ec2.nat_gateways.values() if n.state != "deleted"]
    endpoints = [
        i for e in ec2.vpc_end_points.values() for i in e.network_interface_ids
    ]
    if wanted in [*attached, *gateways, *endpoints]:
        message = f"Network interface '{wanted}' is currently in use."
        raise Refusal("InvalidParameterValue", message)


@guard("ec2", "ReleaseAddress")
def refuse_associated_address(response: Any) -> None:
    """InvalidIPAddress.InUse for an address that points somewhere."""
    wanted = response._get_param("AllocationId"), response._get_param("PublicIp")
    for address in response.ec2_backend.addresses:
        named = address.allocation_id == wanted[0] or address.public_ip == wanted[1]
        if named and (address.instance or address.eni):
            message = f"Address {address.public_ip} is in use."
            raise Refusal("InvalidIPAddress.InUse", message)


def let_go(address: Any) -> None:
    """Takes an address from where it points."""
    address.instance = address.eni = address.association_id = None


@after("ec2", "CreateVpcEndpoint")
def name_endpoint_type(response: Any) -> None:
    """An endpoint is of the type Gateway unless said otherwise; moto leaves it empty and fails on deleting it."""
    for endpoint in response.ec2_backend.vpc_end_points.values():
        endpoint.vpc_endpoint_type = endpoint.vpc_endpoint_type or "Gateway"


@after("ec2", "DeleteSubnet")
def end_associations(response: Any) -> None:
    """A subnet's associations end with it; moto's route tables and access lists stay in use by what is gone."""
    ec2, subnet = response.ec2_backend, response._get_param("SubnetId")
    for table in ec2.route_tables.values():
        kept = {k: v for k, v in table._associations.items() if v != subnet}
        table._associations = kept
    for acl in ec2.network_acls.values():
        kept = {k: v for k, v in acl._associations.items() if v.subnet_id != subnet}
        acl._associations = kept


@after("ec2", "DeleteVpc")
def remove_access_lists(response: Any) -> None:
    """A VPC's default access list goes with it; moto keeps it for ever."""
    ec2 = response.ec2_backend
    for acl in [a for a in ec2.network_acls.values() if a.vpc_id not in ec2.vpcs]:
        ec2.network_acls.pop(acl.id)


@after("ec2", "DeleteNatGateway")
def free_gateway(response: Any) -> None:
    """The interface of a deleted NAT gateway goes, its address stays and is free."""
    ec2 = response.ec2_backend
    gone = [n._eni.id for n in ec2.nat_gateways.values() if n.state == "deleted"]
    for address in ec2.addresses:
        if address.eni and address.eni.id in gone:
            let_go(address)
    for interface in gone:
        ec2.enis.pop(interface, None)


@after("ec2", "TerminateInstances")
def free_addresses(response: Any) -> None:
    """The address of a terminated instance is free."""
    for address in response.ec2_backend.addresses:
        holder = address.instance or getattr(address.eni, "instance", None)
        if holder is not None and holder.state == "terminated":
            let_go(address)
