"""Elastic Load Balancing: deletion protection holds."""

from typing import Any

from .hooks import Refusal, guard


@guard("elbv2", "DeleteLoadBalancer")
def refuse_protected_balancer(response: Any) -> None:
    """OperationNotPermitted while deletion_protection.enabled is true."""
    arn = response._get_param("LoadBalancerArn")
    balancer = response.elbv2_backend.load_balancers.get(arn)
    if balancer is None:
        return
    if balancer.attrs.get("deletion_protection.enabled") == "true":
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise Refusal("OperationNotPermitted", message)
