"""Security groups: the default group can never be deleted, another one only when nothing uses it.

In use by: instances that are not terminated, network interfaces, rules of other groups, load balancers (both generations),
VPC endpoints, databases and functions in a VPC.
"""

from collections.abc import Iterator
from typing import Any

from moto.awslambda.utils import get_backend as lambda_backend
from moto.elb.models import elb_backends
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends

from .hooks import Refusal, guard


def backend_of(backends: Any, response: Any) -> Any:
    """The part of a service's state that this call's account and region see."""
    return backends[response.current_account][response.region]


def live_instances(ec2: Any) -> list[Any]:
    """All instances that hold on to what they were given; moto remembers terminated ones for ever."""
    instances = [i for r in ec2.reservations.values() for i in r.instances]
    return [i for i in instances if i.state != "terminated"]


def held_interfaces(ec2: Any) -> list[Any]:
    """All interfaces except those left behind by terminated instances."""
    gone = "terminated"
    return [e for e in ec2.enis.values() if getattr(e.instance, "state", None) != gone]


def rules_to(ec2: Any, group_id: str) -> Iterator[str]:
    """Other groups with a rule that names this one."""
    for groups in ec2.groups.values():
        for other in groups.values():
            rules = [*other.ingress_rules, *other.egress_rules]
            named = {(r.source_group or {}).get("GroupId") for r in rules}
            if other.id != group_id and group_id in named:
                yield f"a rule of {other.id}"


def members(ec2: Any, group_id: str) -> Iterator[str]:
    """Instances, interfaces and endpoints in the group."""
    for instance in live_instances(ec2):
        if any(g.id == group_id for g in instance.security_groups):
            yield instance.id
    for interface in held_interfaces(ec2):
        if any(g.id == group_id for g in interface.group_set):
            yield interface.id
    for endpoint in ec2.vpc_end_points.values():
        if endpoint.state != "deleted" and group_id in endpoint.security_group_ids:
            yield endpoint.id


def balancers(response: Any, group_id: str) -> Iterator[str]:
    """Load balancers that carry the group."""
    for backends in (elb_backends, elbv2_backends):
        for name, balancer in backend_of(backends, response).load_balancers.items():
            if group_id in (balancer.security_groups or []):
                yield name


def managed(response: Any, group_id: str) -> Iterator[str]:
    """Databases, clusters and functions that carry the group."""
    rds = backend_of(rds_backends, response)
    for database in [*rds.databases.values(), *rds.clusters.values()]:
        if group_id in (database.vpc_security_group_ids or []):
            yield database.arn
    functions = lambda_backend(response.current_account, response.region)
    for function in functions.list_functions():
        if group_id in (function.vpc_config or {}).get("SecurityGroupIds", []):
            yield function.function_name


@guard("ec2", "DeleteSecurityGroup")
def refuse_group_in_use(response: Any) -> None:
    """CannotDelete for a default group, DependencyViolation for one in use."""
    ec2 = response.ec2_backend
    wanted = response._get_param("GroupId") or response._get_param("GroupName")
    group = ec2.get_security_group_by_name_or_id(wanted)
    if group is None:
        return
    if group.name == "default":
        name = f'the specified group: "{group.id}" name: "default"'
        raise Refusal("CannotDelete", f"{name} cannot be deleted by a user")
    users = [
        *members(ec2, group.id),
        *rules_to(ec2, group.id),
        *balancers(response, group.id),
        *managed(response, group.id),
    ]
    if users:
        message = f"resource {group.id} has a dependent object"
        raise Refusal("DependencyViolation", message)
