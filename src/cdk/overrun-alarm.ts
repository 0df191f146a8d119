import { CfnCondition, Fn, Token } from "aws-cdk-lib";
import { CfnAlarm } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { PARAMETERS } from "../verbs/shed/parameters.ts";
import type { PropsOf, SHEDDER } from "./settings.ts";

type OverrunProps = PropsOf<typeof SHEDDER>;

const usual = (name: "alarm-namespace" | "alarm-metric" | "alarm-statistic") => PARAMETERS[name].usual;
const usualNumber = (name: "alarm-threshold" | "alarm-periods" | "alarm-period") => PARAMETERS[name].usual;

/** The alarm that the parameters of shedding describe, under a name that is the stack's own. */
export function overrunAlarm(scope: Construct, id: string, props: OverrunProps): CfnAlarm {
  const {
    alarmNamespace = usual("alarm-namespace"),
    alarmMetric = usual("alarm-metric"),
    alarmStatistic = usual("alarm-statistic"),
    alarmThreshold = usualNumber("alarm-threshold"),
    alarmPeriods = usualNumber("alarm-periods"),
    alarmPeriod = usualNumber("alarm-period"),
  } = props;
  const isPercentile = !Token.isUnresolved(alarmStatistic) && alarmStatistic.startsWith("p");
  return new CfnAlarm(scope, id, {
    alarmDescription: "More load for each target than the primary target group is to bear",
    namespace: alarmNamespace,
    metricName: alarmMetric,
    ...(isPercentile ? { extendedStatistic: alarmStatistic } : { statistic: alarmStatistic }),
    dimensions: dimensionsOf(scope, id, alarmNamespace, props) as CfnAlarm.DimensionProperty[],
    threshold: alarmThreshold,
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: alarmPeriods,
    period: alarmPeriod,
    // No request is no load.
    treatMissingData: "notBreaching",
  });
}

/** Only the balancer's own metrics are found under the balancer and the group. Source: Application Load Balancers guide, "CloudWatch metrics". */
function dimensionsOf(scope: Construct, id: string, namespace: string, { listener, primary }: OverrunProps): unknown {
  const path = Fn.split("/", listener);
  const dimensions = [
    {
      name: "LoadBalancer",
      value: Fn.join(
        "/",
        [1, 2, 3].map((at) => Fn.select(at, path)),
      ),
    },
    { name: "TargetGroup", value: Fn.select(5, Fn.split(":", primary)) },
  ];
  if (!Token.isUnresolved(namespace)) return namespace === usual("alarm-namespace") ? dimensions : undefined;
  const isBalancers = new CfnCondition(scope, `${id}IsOfBalancer`, {
    expression: Fn.conditionEquals(namespace, usual("alarm-namespace")),
  });
  return Fn.conditionIf(
    isBalancers.logicalId,
    dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    {
      Ref: "AWS::NoValue",
    },
  );
}
