"""EC2 instances: the interface that AWS makes for a new instance goes with it, and terminating twice is no error.

The user guide says so of the primary interface ("Delete a network interface"), and the API reference of TerminateInstances;
plain moto keeps the interface, for ever in use by what is terminated, and fails on parts that are gone already.
"""

from typing import Any

from moto.ec2.models.instances import Instance


def patch() -> None:
    """Teaches both to moto's instances, once a process."""
    prepare, end = Instance.prep_nics, Instance.terminate

    def prep_nics(self: Any, nic_spec: Any, *args: Any, **more: Any) -> None:
        prepare(self, nic_spec, *args, **more)
        if not nic_spec:
            for interface in self.nics.values():
                interface.delete_on_termination = True

    def terminate(self: Any) -> Any:
        return self._state if self.state == "terminated" else end(self)

    Instance.prep_nics, Instance.terminate = prep_nics, terminate
