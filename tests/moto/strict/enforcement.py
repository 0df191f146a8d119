"""IAM: what moto's own enforcement lacks to judge a policy.

Enforcement begins where a test asks for it (POST /moto-api/reset-auth). moto then checks who calls, the action, and the
resource where that is of S3, a queue or a role. Here it learns AWS's names of actions where it goes by those of its API, and
the region of a call. It still knows no other resource, and no condition but aws:RequestedRegion: a statement counts as if it
named the right ones. Signatures are not checked: moto gets those of addresses with escaped characters wrong.

Sources: service authorization reference of each service; IAM user guide, "AWS global condition context keys".
"""

import threading
from typing import Any

from moto.iam import access_control
from moto.s3.responses import ACTION_MAP

# Services that sign by another name than IAM has for them.
PREFIXES = {"monitoring": "cloudwatch", "tagging": "tag"}

# Words of a query that moto does not know, or takes for another action.
BUCKET_READS = {
    "encryption": "GetEncryptionConfiguration",
    "object-lock": "GetBucketObjectLockConfiguration",
    "ownershipControls": "GetBucketOwnershipControls",
    "publicAccessBlock": "GetBucketPublicAccessBlock",
    "replication": "GetReplicationConfiguration",
}

_call = threading.local()


def asked() -> str | None:
    """The action that the present call was judged by, if any; told once."""
    action, _call.action = getattr(_call, "action", None), None
    return action


def name_actions() -> None:
    """Judges each call by the name that IAM has for it, and remembers it."""
    original = access_control.IAMRequestBase.check_action_permitted

    def check(self: Any, resource: str) -> None:
        action = self._action.split(":", 1)[1]
        if self._service == "s3":
            action = self._data.get("Action", action)
        prefix = PREFIXES.get(self._service, self._service)
        self._action = _call.action = f"{prefix}:{action}"
        _call.region = self._region
        # AWS takes the profile for the resource, moto the role in it.
        original(self, "*" if action.endswith("InstanceProfile") else resource)

    access_control.IAMRequestBase.check_action_permitted = check
    access_control.IAMRequestBase.check_signature = lambda _: None
    # moto tells of regions in other partitions as if the account had them, and knows nobody there.
    access_control.get_partition = lambda _: "aws"
    ACTION_MAP["BUCKET"]["GET"].update(BUCKET_READS)
    ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"


def judge_regions() -> None:
    """Takes a statement whose condition names the call's region, or no region."""
    statement = access_control.IAMPolicyStatement
    conditions, elements = statement._check_conditions, statement._check_element_matches

    def check_conditions(self: Any, values: Any) -> bool:
        if values is not None:
            return conditions(self, values)
        equal = self._statement.get("Condition", {}).get("StringEquals", {})
        regions = equal.get("aws:RequestedRegion", _call.region)
        return _call.region in ([regions] if isinstance(regions, str) else regions)

    def check_element(self: Any, element: str, value: str) -> bool:
        is_unknown = element == "Resource" and value == "*"
        return is_unknown or elements(self, element, value)

    statement._check_conditions = check_conditions
    statement._check_element_matches = check_element


def patch() -> None:
    """Completes moto's enforcement, which is off until a test asks for it."""
    name_actions()
    judge_regions()
