"""How each listing pages: its parameters from botocore's paginators, its sizes from the service's model and documentation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
from moto.core.utils import get_service_model

LOADER = botocore.session.get_session().get_component("data_loader")

# Sizes used when the caller names none; from the API references. EC2, Auto Scaling groups and SQS answer whole.
DEFAULTS = {
    ("ecs", "ListServices"): 10,
    ("cloudwatch", "DescribeAlarms"): 100,
    ("kms", "ListAliases"): 50,
    ("kms", "ListGrants"): 50,
    ("kms", "ListResourceTags"): 50,
    ("autoscaling", "DescribeAutoScalingGroups"): 50,
    ("lambda", "ListFunctions"): 50,
    ("logs", "DescribeLogGroups"): 50,
    ("kinesis", "ListStreams"): 100,
    ("sagemaker", "*"): 10,
    ("ecs", "*"): 100,
    ("kms", "*"): 100,
    ("rds", "*"): 100,
    ("iam", "*"): 100,
    ("events", "*"): 100,
}

# Ranges that the models leave out; the models' own ranges come first.
RANGES = {
    "ec2": (5, 1000),
    "ecs": (1, 100),
    "sqs": (1, 1000),
    "rds": (20, 100),
    "autoscaling": (1, 100),
}

# Not by this package: either the limit counts something else than the members of one list, or the token is a name that
# callers know (the last table) and moto pages by it as AWS does.
OTHERWISE = {
    ("dynamodb", "ListTables"),
    ("cloudwatch", "GetMetricData"),
    ("logs", "FilterLogEvents"),
    ("logs", "GetLogEvents"),
}

# Answers whose lists tell of the same things, one beside the other. moto cuts one of the two, at ten, and gives no token:
# so it is asked for this many.
PARALLEL = {("kinesis", "ListStreams"): 10_000}

BAD_VALUES = {
    "ec2": "InvalidParameterValue",
    "ecs": "InvalidParameterException",
    "rds": "InvalidParameterValue",
    "sqs": "InvalidParameterValue",
    "kms": "ValidationException",
}


@dataclass(frozen=True)
class PageRule:
    """One listing: parameter and member names, allowed sizes, and how the list is found in the answer."""

    token_in: str
    token_out: str
    limit: str | None
    more: str | None
    lists: tuple[str, ...]
    default: int | None
    least: int
    most: int
    bad_value: str
    output: Any
    parallel: bool
    ask_for: int | None


@cache
def paginators(service: str) -> dict[str, Any]:
    """botocore's paginators of a service; none when it has none."""
    try:
        return LOADER.load_service_model(service, "paginators-1")["pagination"]
    except Exception:
        return {}


def sizes(service: str, shape: Any) -> tuple[int, int]:
    """The smallest and the largest page of a listing."""
    least, most = RANGES.get(service, (1, 1_000_000))
    limits = shape.metadata if shape is not None else {}
    return limits.get("min", least), limits.get("max", most)


@cache
def rule_for(service: str, operation: str | None) -> PageRule | None:
    """The rule of a listing, or None where a page is not a token next to lists at the top of the answer."""
    config = paginators(service).get(operation)
    if config is None or (service, operation) in OTHERWISE:
        return None
    lists = config["result_key"]
    lists = tuple(lists) if isinstance(lists, list) else (lists,)
    names = [config["input_token"], config["output_token"], *lists]
    model = get_service_model(service).operation_model(operation)
    takes, gives = model.input_shape.members, model.output_shape.members
    known = all(isinstance(n, str) and n in gives for n in names[1:])
    if not known or model.service_model.protocol == "rest-xml":
        return None
    if any(gives[n].type_name != "list" for n in lists):
        return None
    if getattr(takes.get(names[0]), "type_name", None) != "string":
        return None
    limit = config.get("limit_key")
    least, most = sizes(service, takes.get(limit))
    return PageRule(
        token_in=names[0],
        token_out=names[1],
        limit=limit,
        more=config.get("more_results"),
        lists=lists,
        default=DEFAULTS.get((service, operation), DEFAULTS.get((service, "*"))),
        least=least,
        most=most,
        bad_value=BAD_VALUES.get(service, "ValidationError"),
        output=model.output_shape,
        parallel=(service, operation) in PARALLEL,
        ask_for=PARALLEL.get((service, operation)),
    )
