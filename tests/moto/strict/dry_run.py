"""DryRun for EC2.

moto reads the flag in some of its methods, and in others carries the call out: DeleteVpc with DryRun=true deletes the VPC.
AWS answers every call that has the flag with the error DryRunOperation when the caller would be allowed to make it.
"""

from typing import Any

from moto.core.utils import camelcase_to_underscores, get_service_model

from .hooks import Refusal


def takes_dry_run(operation: str) -> bool:
    """Whether the API of EC2 gives this operation a DryRun parameter."""
    model = get_service_model("ec2")
    if operation not in model.operation_names:
        return False
    shape = model.operation_model(operation).input_shape
    return shape is not None and "DryRun" in shape.members


def check(response: Any) -> None:
    """Refuses a dry run; what moto does not implement is left to the 501."""
    if response.boto3_service_name != "ec2":
        return
    operation = response._get_action()
    flag = str(response.querystring.get("DryRun", ["false"])[0]).lower()
    implemented = hasattr(response, camelcase_to_underscores(operation))
    if flag == "true" and implemented and takes_dry_run(operation):
        raise Refusal(
            "DryRunOperation",
            "Request would have succeeded, but DryRun flag is set.",
            412,
        )
