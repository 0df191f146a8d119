"""Listings of EC2 that take either ids or a page size, never both, as their API references say at MaxResults."""

from typing import Any

from .hooks import Refusal, guard

IDS = {
    "DescribeInstances": "InstanceIds",
    "DescribeInstanceStatus": "InstanceIds",
    "DescribeInstanceCreditSpecifications": "InstanceIds",
    "DescribeNetworkInterfaces": "NetworkInterfaceIds",
    "DescribeHosts": "HostIds",
}


@guard("ec2", *IDS)
def refuse_both(response: Any) -> None:
    """InvalidParameterCombination for ids together with MaxResults."""
    ids = IDS[response._get_action()]
    if response._get_param(ids) and response._get_param("MaxResults"):
        name = ids[0].lower() + ids[1:].removesuffix("Ids") + "sSet"
        message = f"The parameter {name} cannot be used with the parameter maxResults"
        raise Refusal("InvalidParameterCombination", message)
