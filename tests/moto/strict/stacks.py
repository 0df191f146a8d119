"""Parts of stacks that moto's CloudFormation lacks although its services have them: else a template that refers to one fails."""

import json
from typing import Any

from moto.cloudwatch.models import cloudwatch_backends
from moto.core.common_models import CloudFormationModel
from moto.utilities.utils import get_partition
from moto.iam.models import Role, iam_backends
from moto.scheduler.models import scheduler_backends


class Part:
    """A part that a stack makes, and knows by its name and its ARN. moto finds the direct subclasses of its own model only."""

    name_type: str
    """The property that names it, by CloudFormation's own list of these."""
    cfn_type: str

    def __init__(self, name: str, arn: str):
        self.physical_resource_id = name
        self.arn = arn

    @staticmethod
    def make(name: str, given: Any, account_id: str, region_name: str) -> str:
        """Makes it in its own service of the properties that a template gives; returns its ARN."""
        raise NotImplementedError

    @classmethod
    def cloudformation_name_type(cls) -> str:
        return cls.name_type

    @classmethod
    def cloudformation_type(cls) -> str:
        return cls.cfn_type

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> "Part":
        given = cloudformation_json["Properties"]
        return cls(
            resource_name, cls.make(resource_name, given, account_id, region_name)
        )

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name: str) -> str:
        if attribute_name != "Arn":
            raise KeyError(attribute_name)
        return self.arn


class Alarm(Part, CloudFormationModel):
    """An alarm of one metric. Source: CloudFormation reference, "AWS::CloudWatch::Alarm"."""

    name_type = "AlarmName"
    cfn_type = "AWS::CloudWatch::Alarm"

    @staticmethod
    def make(name: str, given: Any, account_id: str, region_name: str) -> str:
        alarm = cloudwatch_backends[account_id][region_name].put_metric_alarm(
            name=name,
            namespace=given["Namespace"],
            metric_name=given["MetricName"],
            comparison_operator=given["ComparisonOperator"],
            evaluation_periods=int(given["EvaluationPeriods"]),
            period=int(given["Period"]),
            threshold=float(given["Threshold"]),
            statistic=given.get("Statistic"),
            description=given.get("AlarmDescription"),
            dimensions=given.get("Dimensions", []),
            alarm_actions=given.get("AlarmActions", []),
            ok_actions=given.get("OKActions", []),
            insufficient_data_actions=[],
            treat_missing_data=given.get("TreatMissingData"),
            extended_statistic=given.get("ExtendedStatistic"),
        )
        return alarm.alarm_arn


class Schedule(Part, CloudFormationModel):
    """A schedule with one target. Source: CloudFormation reference, "AWS::Scheduler::Schedule"."""

    name_type = "Name"
    cfn_type = "AWS::Scheduler::Schedule"

    @staticmethod
    def make(name: str, given: Any, account_id: str, region_name: str) -> str:
        schedule = scheduler_backends[account_id][region_name].create_schedule(
            name=name,
            description=given.get("Description"),
            start_date=None,
            end_date=None,
            flexible_time_window=given["FlexibleTimeWindow"],
            group_name=given.get("GroupName"),
            kms_key_arn=None,
            schedule_expression=given["ScheduleExpression"],
            schedule_expression_timezone=given.get("ScheduleExpressionTimezone"),
            state=given.get("State"),
            target=given["Target"],
            action_after_completion=None,
        )
        return schedule.arn


def complete_roles() -> None:
    """Has a stack's roles keep the managed policies that they name, and their own as the texts that other calls expect."""
    make = Role.create_from_cloudformation_json.__func__
    put = Role.put_policy

    def create(
        cls: type[Role],
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **kwargs: Any,
    ) -> Role:
        role = make(
            cls, resource_name, cloudformation_json, account_id, region_name, **kwargs
        )
        backend = iam_backends[account_id][get_partition(region_name)]
        for arn in cloudformation_json["Properties"].get("ManagedPolicyArns", []):
            backend.attach_role_policy(arn, role.name)
        return role

    def put_policy(self: Role, policy_name: str, policy_json: Any) -> None:
        is_text = isinstance(policy_json, str)
        put(self, policy_name, policy_json if is_text else json.dumps(policy_json))

    Role.create_from_cloudformation_json = classmethod(create)
    Role.put_policy = put_policy
