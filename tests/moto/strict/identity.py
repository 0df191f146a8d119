"""IAM's DeleteConflict: what is attached, joined or owned must be taken apart first, in AWS's words.

moto refuses for roles, instance profiles and the policies of users; this adds the rest.
"""

from typing import Any

from .hooks import Refusal, guard


def conflict(reason: str) -> Refusal:
    """IAM answers 409 here."""
    return Refusal("DeleteConflict", f"Cannot delete entity, must {reason} first.", 409)


@guard("iam", "DeletePolicy")
def refuse_policy(response: Any) -> None:
    """Attached anywhere, or with more than its default version."""
    policy = response.backend.managed_policies.get(response._get_param("PolicyArn"))
    if policy is None:
        return
    if policy.attachment_count:
        message = "Cannot delete a policy attached to entities."
        raise Refusal("DeleteConflict", message, 409)
    if len(policy.versions) > 1:
        fact = "This policy has more than one version."
        advice = "Before you delete a policy, you must delete the policy's versions."
        rest = "The default version is deleted with the policy."
        raise Refusal("DeleteConflict", f"{fact} {advice} {rest}", 409)


@guard("iam", "DeleteUser")
def refuse_user(response: Any) -> None:
    """With credentials of any kind, in a group, or with policies (those moto refuses itself)."""
    iam = response.backend
    user = iam.users.get(response._get_param("UserName"))
    if user is None:
        return
    if user.access_keys:
        raise conflict("delete access keys")
    if user.password:
        raise conflict("delete login profile")
    if user.mfa_devices:
        raise conflict("delete MFA device")
    if user.signing_certificates:
        raise conflict("delete signing certificates")
    if user.ssh_public_keys:
        raise conflict("delete SSH public keys")
    if any(user in group.users for group in iam.groups.values()):
        raise conflict("remove users from group")


@guard("iam", "DeleteGroup")
def refuse_group(response: Any) -> None:
    """With members or policies."""
    group = response.backend.groups.get(response._get_param("GroupName"))
    if group is None:
        return
    if group.users:
        raise conflict("remove users from group")
    if group.managed_policies:
        raise conflict("detach all policies")
    if group.policies:
        raise conflict("delete policies")
