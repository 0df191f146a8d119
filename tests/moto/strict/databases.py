"""RDS: a member of a cluster is stopped and started through its cluster."""

from typing import Any

from .hooks import Refusal, guard


@guard("rds", "StopDBInstance", "StartDBInstance")
def refuse_member(response: Any) -> None:
    """AWS's own words, as reported in aws-solutions/instance-scheduler-on-aws #208 and #249."""
    name = str(response._get_param("DBInstanceIdentifier"))
    database = response.backend.databases.get(name)
    if database is None or getattr(database, "cluster", None) is None:
        return
    message = (
        f"{database.engine} DB instances are not eligible for stopping and starting."
    )
    raise Refusal("InvalidParameterCombination", message)
