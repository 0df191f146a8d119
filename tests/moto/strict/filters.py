"""Filters that EC2 has and moto lacks: a network ACL is found by its own id."""

from typing import Any

from moto.ec2.models.network_acls import NetworkAcl


def patch() -> None:
    """Teaches them to moto, once a process."""
    original = NetworkAcl.get_filter_value

    def get_filter_value(self: Any, name: str, method: str | None = None) -> Any:
        if name == "network-acl-id":
            return self.id
        return original(self, name, method)

    NetworkAcl.get_filter_value = get_filter_value
