"""Where a rule is hung on an API operation: before moto carries it out (`guard`), or when it has (`after`)."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

Rule = Callable[[Any], None]
Rules = dict[tuple[str, str], list[Rule]]
_guards: Rules = defaultdict(list)
_afters: Rules = defaultdict(list)


class Refusal(ServiceException):
    """AWS's answer to a call that it does not carry out."""

    def __init__(self, code: str, message: str, status: int = 400):
        super().__init__(code, message)
        self.status = status


def hang(
    rules: Rules, service: str, operations: tuple[str, ...]
) -> Callable[[Rule], Rule]:
    """A decorator that files a function, which gets moto's response object, under these operations."""

    def decorate(function: Rule) -> Rule:
        for operation in operations:
            rules[(service, operation)].append(function)
        return function

    return decorate


def guard(service: str, *operations: str) -> Callable[[Rule], Rule]:
    """Runs the decorated function before each of these operations; it may raise a Refusal."""
    return hang(_guards, service, operations)


def after(service: str, *operations: str) -> Callable[[Rule], Rule]:
    """Runs the decorated function when one of these operations has succeeded."""
    return hang(_afters, service, operations)


def run(rules: Rules, response: Any) -> None:
    """Runs what is filed under the operation of this call."""
    for function in rules.get(
        (response.boto3_service_name, response._get_action()), ()
    ):
        function(response)


def refused(response: Any, refusal: Refusal) -> tuple[int, dict[str, Any], Any]:
    """The refusal in the protocol of the call."""
    _, headers, body = response.serialized(ActionResult(refusal))
    headers, body = response._enrich_response(headers, body)
    return refusal.status, headers, body


def patch(checks: list[Rule], around: Callable[[Any, Callable[[], Any]], Any]) -> None:
    """Makes every call to any service pass the checks and the guards, then `around`, which makes moto's own call."""
    original = BaseResponse.call_action

    def call_action(self: Any) -> Any:
        try:
            for check in checks:
                check(self)
            run(_guards, self)
            answer = around(self, lambda: original(self))
            if int(answer[0]) < 300:
                run(_afters, self)
            return answer
        except Refusal as refusal:
            return refused(self, refusal)

    BaseResponse.call_action = call_action
