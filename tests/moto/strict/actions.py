"""Elastic Load Balancing: which actions a rule or a listener may have, and what answers tell of them.

Sources: API reference, ModifyRule, TargetGroupTuple, AuthenticateOidcActionConfig; Application Load Balancers guide,
"Forward actions".
"""

from typing import Any

from moto.elbv2 import models

from .hooks import Refusal, guard

MOST_GROUPS = 5
GREATEST_WEIGHT = 999
SECRETS = ("ClientSecret", "UseExistingClientSecret")


def all_rules(response: Any) -> list[Any]:
    """Every rule of the region, the default ones among them."""
    balancers = response.elbv2_backend.load_balancers.values()
    listeners = [each for one in balancers for each in one.listeners.values()]
    return [rule for listener in listeners for rule in listener.rules.values()]


def former_actions(response: Any) -> list[Any]:
    """The actions that a call replaces; none where it makes the first."""
    params = response._get_params()
    operation = response._get_action()
    for rule in all_rules(response):
        if operation == "ModifyRule" and rule.arn == params.get("RuleArn"):
            return rule.actions
        if operation == "ModifyListener" and rule.is_default:
            if rule.listener_arn == params.get("ListenerArn"):
                return rule.actions
    return []


@guard("elbv2", "ModifyRule")
def refuse_default_rule(response: Any) -> None:
    """OperationNotPermitted: a default rule is changed by way of its listener."""
    arn = response._get_params().get("RuleArn")
    if any(rule.is_default and rule.arn == arn for rule in all_rules(response)):
        raise Refusal(
            "OperationNotPermitted", f"Default rule '{arn}' cannot be modified"
        )


@guard("elbv2", "CreateRule", "ModifyRule", "CreateListener", "ModifyListener")
def refuse_actions(response: Any) -> None:
    """Actions that AWS does not take; also those of ModifyListener, which moto takes as they come."""
    params = response._get_params()
    actions = params.get("Actions") or params.get("DefaultActions") or []
    for action in actions:
        groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
        refuse_groups(response, groups)
        if oidc := action.get("AuthenticateOidcConfig"):
            refuse_secret(oidc, former_actions(response))


def refuse_groups(response: Any, groups: list[dict[str, Any]]) -> None:
    """At most five groups that exist, with weights of 0 to 999."""
    if len(groups) > MOST_GROUPS:
        message = f"A forward action can have at most {MOST_GROUPS} target groups"
        raise Refusal("TooManyTargetGroups", message)
    for group in groups:
        arn, weight = group.get("TargetGroupArn"), int(group.get("Weight", 1))
        if not 0 <= weight <= GREATEST_WEIGHT:
            message = f"Weight '{weight}' must be between 0 and {GREATEST_WEIGHT}"
            raise Refusal("ValidationError", message)
        if arn not in response.elbv2_backend.target_groups:
            raise Refusal("TargetGroupNotFound", f"Target groups '{arn}' not found")


def refuse_secret(oidc: dict[str, Any], former: list[Any]) -> None:
    """A client secret is given, or the one from before stays: one of both."""
    is_given = "ClientSecret" in oidc
    stays = str(oidc.get("UseExistingClientSecret", False)).lower() == "true"
    had = any("AuthenticateOidcConfig" in action.data for action in former)
    if is_given and stays:
        message = "You cannot both specify a client secret and set UseExistingClientSecret to true"
        raise Refusal("InvalidLoadBalancerAction", message)
    if not is_given and not (stays and had):
        message = "You must either specify a client secret or set UseExistingClientSecret to true"
        raise Refusal("InvalidLoadBalancerAction", message)


def hide_secrets() -> None:
    """No answer tells a client secret, nor how it came there."""
    original = models.FakeAction.__init__

    def init(self: Any, data: dict[str, Any]) -> None:
        if oidc := data.get("AuthenticateOidcConfig"):
            told = {name: oidc[name] for name in oidc if name not in SECRETS}
            data = {**data, "AuthenticateOidcConfig": told}
        original(self, data)

    models.FakeAction.__init__ = init
