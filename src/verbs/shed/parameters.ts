import { SPREADS } from "../../model/weights.ts";

/* Every parameter of shedding, once: options, evenkeel.yaml, environment and docs are made of this table. */

interface Named {
  readonly env: string;
  readonly placeholder: string;
  readonly brief: string;
  /** What it is, in words, where nobody has given it and there is no usual value. */
  readonly otherwise?: string;
  /** Who has not given it, is told so. */
  readonly isRequired?: boolean;
  /** Names one listener and what goes with it: nothing that several listeners share. */
  readonly isOwn?: boolean;
  /** Of the deployment: no option of a command. */
  readonly isDeployed?: boolean;
}

export interface NumberParameter extends Named {
  readonly kind: "number";
  readonly least: number;
  readonly most: number;
  readonly usual?: number;
  readonly unit?: "%" | "s";
  /** Fractions will do. */
  readonly isFraction?: boolean;
}

interface TextParameter extends Named {
  readonly kind: "text" | "list";
  readonly usual?: string;
  /** Absent = what it is made of is looked at as a whole. */
  readonly pattern?: RegExp;
  /** What it has to look like, after `it is`. */
  readonly form: string;
}

interface ChoiceParameter extends Named {
  readonly kind: "choice";
  readonly values: readonly string[];
  readonly usual: string;
}

export type Parameter = NumberParameter | TextParameter | ChoiceParameter;

const DAY = 86_400;
const GROUP = /^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[\w-]+\/[0-9a-f]+$/;

export const PARAMETERS = {
  listener: {
    kind: "text",
    env: "ELB_LISTENER_ARN",
    placeholder: "ARN",
    brief: "the listener of an Application Load Balancer",
    pattern: /^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\/app\/[\w-]+\/[0-9a-f]+\/[0-9a-f]+$/,
    form: "the ARN of an Application Load Balancer's listener",
    isRequired: true,
    isOwn: true,
  },
  "load-balancer": {
    kind: "text",
    env: "ELB_ARN",
    placeholder: "ARN",
    brief: "its load balancer, to be compared with the listener",
    pattern: /^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+$/,
    form: "the ARN of an Application Load Balancer",
    isOwn: true,
    isDeployed: true,
  },
  primary: {
    kind: "text",
    env: "ELB_TARGET_GROUP_ARN",
    placeholder: "ARN",
    brief: "the target group that load is taken from",
    pattern: GROUP,
    form: "the ARN of a target group",
    isRequired: true,
    isOwn: true,
  },
  "shed-percent": {
    kind: "number",
    env: "ELB_SHED_PERCENT",
    placeholder: "PERCENT",
    brief: "share of the primary's own weight that one step sheds",
    least: 1,
    most: 100,
    usual: 5,
    unit: "%",
  },
  "max-shed-percent": {
    kind: "number",
    env: "MAX_ELB_SHED_PERCENT",
    placeholder: "PERCENT",
    brief: "the cap: no more than this is ever shed",
    least: 0,
    most: 100,
    usual: 100,
    unit: "%",
  },
  "restore-percent": {
    kind: "number",
    env: "ELB_RESTORE_PERCENT",
    placeholder: "PERCENT",
    brief: "share that one step gives back",
    least: 1,
    most: 100,
    usual: 5,
    unit: "%",
  },
  "shed-delay": {
    kind: "number",
    env: "SHED_MESG_DELAY_SEC",
    placeholder: "SECONDS",
    brief: "between two steps of shedding",
    least: 60,
    most: 300,
    usual: 60,
    unit: "s",
  },
  "restore-delay": {
    kind: "number",
    env: "RESTORE_MESG_DELAY_SEC",
    placeholder: "SECONDS",
    brief: "between two steps of giving back",
    least: 60,
    most: 300,
    usual: 120,
    unit: "s",
  },
  alarm: {
    kind: "text",
    env: "CW_ALARM_NAME",
    placeholder: "NAME",
    brief: "the CloudWatch alarm that says the primary is overrun",
    pattern: /^[^\p{Cc}]{1,255}$/u,
    form: "a name of up to 255 characters",
    isRequired: true,
    isOwn: true,
  },
  "alarm-namespace": {
    kind: "text",
    env: "CW_ALARM_NAMESPACE",
    placeholder: "TEXT",
    brief: "of the alarm's metric",
    usual: "AWS/ApplicationELB",
    pattern: /^[^:\p{Cc}][^\p{Cc}]{0,254}$/u,
    form: "a namespace of up to 255 characters that does not begin with a colon",
    isDeployed: true,
  },
  "alarm-metric": {
    kind: "text",
    env: "CW_ALARM_METRIC_NAME",
    placeholder: "NAME",
    brief: "the alarm's metric",
    usual: "RequestCountPerTarget",
    pattern: /^[^\p{Cc}]{1,255}$/u,
    form: "a name of up to 255 characters",
    isDeployed: true,
  },
  "alarm-statistic": {
    kind: "text",
    env: "CW_ALARM_METRIC_STAT",
    placeholder: "WORD",
    brief: "the alarm's statistic",
    usual: "Sum",
    pattern: /^(Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d{1,10})?|p100)$/,
    form: "Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p99",
    isDeployed: true,
  },
  "alarm-threshold": {
    kind: "number",
    env: "CW_ALARM_THRESHOLD",
    placeholder: "NUMBER",
    brief: "the alarm is on while its metric is above this (and not at it)",
    least: 0,
    most: 1e12,
    usual: 500,
    isFraction: true,
    isDeployed: true,
  },
  "alarm-periods": {
    kind: "number",
    env: "CW_ALARM_EVALUATION_PERIODS",
    placeholder: "N",
    brief: "periods above the threshold until the alarm is on",
    least: 1,
    most: 1440,
    usual: 3,
    isDeployed: true,
  },
  "alarm-period": {
    kind: "number",
    env: "CW_ALARM_PERIOD",
    placeholder: "SECONDS",
    brief: "one period of the alarm, a multiple of 60",
    least: 60,
    most: 3600,
    usual: 60,
    unit: "s",
    isDeployed: true,
  },
  "restore-threshold": {
    kind: "number",
    env: "SHED_RESTORE_THRESHOLD_PERCENT",
    placeholder: "PERCENT",
    brief: "of the alarm's threshold: nothing is given back that is expected to bring the metric above this",
    least: 1,
    most: 100,
    usual: 80,
    unit: "%",
  },
  "cool-down": {
    kind: "number",
    env: "SHED_COOL_DOWN_SEC",
    placeholder: "SECONDS",
    brief: "so long the alarm has been off before anything is given back",
    otherwise: "one restore delay",
    least: 0,
    most: DAY,
    unit: "s",
  },
  "max-duration": {
    kind: "number",
    env: "SHED_MAX_DURATION_SEC",
    placeholder: "SECONDS",
    brief: "after so long all is given back, whatever the alarm says",
    otherwise: "never",
    least: 60,
    most: 30 * DAY,
    unit: "s",
  },
  "missing-data": {
    kind: "number",
    env: "SHED_MISSING_DATA_SEC",
    placeholder: "SECONDS",
    brief: "so long an alarm without data goes on counting as what it was; then as off",
    least: 0,
    most: DAY,
    usual: 300,
    unit: "s",
  },
  spread: {
    kind: "choice",
    env: "SHED_SPREAD",
    placeholder: "WORD",
    brief: "how the other groups share what is shed",
    values: SPREADS,
    usual: "evenly",
  },
  "empty-groups": {
    kind: "list",
    env: "SHED_EMPTY_GROUPS",
    placeholder: "ARN",
    brief: "target groups that have no target on purpose: the balancer answers 503 for them",
    pattern: GROUP,
    form: "the ARN of a target group",
  },
  state: {
    kind: "text",
    env: "SHED_STATE",
    placeholder: "URL",
    brief: "where it is kept how things stand: file (the store of the command) or dynamodb:TABLE",
    usual: "file",
    pattern: /^(file|dynamodb:.+)$/,
    form: "file or dynamodb:TABLE",
  },
  queue: {
    kind: "text",
    env: "SHED_QUEUE_URL",
    placeholder: "URL",
    brief: "the standard SQS queue that brings the next step about",
    otherwise: "none",
    pattern: /^https?:\/\/[^/\s]+\/\S+(?<!\.fifo)$/,
    form: "the URL of a standard SQS queue",
  },
  topic: {
    kind: "text",
    env: "SNS_TOPIC_ARN",
    placeholder: "ARN",
    brief: "the standard SNS topic that people are told by",
    otherwise: "none",
    pattern: /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
    form: "the ARN of a standard SNS topic",
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof PARAMETERS;
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];
/** The table without the literal types of its entries. */
export const parameter = (name: ParameterName): Parameter => PARAMETERS[name];
