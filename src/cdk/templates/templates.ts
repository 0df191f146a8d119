import { App, CfnCondition, CfnOutput, CfnResource, Fn } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { Schedule as Times } from "aws-cdk-lib/aws-events";
import { OPERATOR_ROLE } from "../../verbs/iam/operator.ts";
import { LoadShedder } from "../load-shedder.ts";
import { OperatorRole } from "../operator-role.ts";
import { overrunAlarm } from "../overrun-alarm.ts";
import { Reaper } from "../reaper.ts";
import { Schedule } from "../schedule.ts";
import { PAUSING, REAPER, SHEDDER, WATCH } from "../settings.ts";
import { SnapshotWatch } from "../snapshot-watch.ts";
import { StaySafe } from "../stay-safe.ts";
import { commonOf, givenOrMade, number, settingsOf, storeOf, text } from "./parameters.ts";
import { isGiven, type Json, onlyWhere, PlainStack, readable, withoutListsOfOne } from "./plain.ts";

const RATE = "^(rate|cron)\\(.+\\)$";
const TIME = "^$|^(at|rate|cron)\\(.+\\)$";

/** A percentile stands in another property of an alarm, and a template can't tell it from these. */
const STATISTIC = {
  ...SHEDDER["alarm-statistic"],
  kind: "choice",
  values: ["Sum", "Average", "Minimum", "Maximum", "SampleCount"],
} as const;

interface TemplateFacts {
  readonly says: string;
  readonly fill: (stack: PlainStack) => void;
}

/** The templates for people who deploy with CloudFormation or SAM: each construct, with parameters for what its props are. */
export const TEMPLATES: Readonly<Record<string, TemplateFacts>> = {
  reaper: {
    says: "Evenkeel's reaper: removes on a schedule what failed Packer builds have left",
    fill(stack) {
      const schedule = text(stack, "Schedule", "when it runs: rate(1 hour), or cron(…) in UTC", {
        default: "rate(1 hour)",
        allowedPattern: RATE,
      });
      const props = { ...commonOf(stack), ...storeOf(stack), ...settingsOf(stack, REAPER) };
      new Reaper(stack, "Reaper", { ...props, schedule: Times.expression(schedule) });
    },
  },
  "load-shedder": {
    says: "Evenkeel's load shedder: moves load to other target groups while an alarm is on, and gives it back",
    fill(stack) {
      const props = { ...commonOf(stack), ...settingsOf(stack, { ...SHEDDER, "alarm-statistic": STATISTIC }) };
      const given = text(
        stack,
        "AlarmName",
        "the alarm that says that the primary is overrun; empty: the stack makes one",
        {
          default: "",
        },
      );
      const name = givenOrMade(stack, "Alarm", given, (scope) => overrunAlarm(scope, "Overrun", props).ref);
      const batchSize = number(stack, "BatchSize", "messages that one call of shed-step takes", [1, 1, 10]);
      new LoadShedder(stack, "Shed", { ...props, alarm: Alarm.fromAlarmName(stack, "Chosen", name), batchSize });
    },
  },
  schedule: {
    says: "Evenkeel's schedule: pauses a selection and resumes it, by the clock or by a budget",
    fill(stack) {
      const props = { ...commonOf(stack), ...storeOf(stack), ...settingsOf(stack, PAUSING) };
      const selection = text(
        stack,
        "Selection",
        'what is paused, and nothing else, as JSON: {"type":["ec2:instance"],"tag":["env=dev"]}',
        {
          minLength: 2,
        },
      );
      const pauseAt = text(stack, "PauseAt", "when it is paused: cron(0 19 ? * MON-FRI *); empty: only by the budget", {
        default: "",
        allowedPattern: TIME,
      });
      const resumeAt = text(stack, "ResumeAt", "when it is resumed: cron(0 7 ? * MON-FRI *); empty: by a person", {
        default: "",
        allowedPattern: TIME,
      });
      const timeZone = text(stack, "TimeZone", "of both times, as the IANA names it: Europe/Zurich", {
        default: "UTC",
      });
      const amount = number(
        stack,
        "BudgetAmount",
        "US dollars a month; it is paused when they are spent; 0: no budget",
        [0, 0, 1e9],
      );
      const percent = number(stack, "BudgetPercent", "at so many percent of the budget it is paused", [100, 1, 1000]);
      new Schedule(stack, "Night", { ...props, selection, pauseAt, resumeAt, timeZone, budget: { amount, percent } });
      const parts = stack.node.findAll().filter(CfnResource.isCfnResource);
      const part = (name: string) => parts.filter(({ node }) => node.path.includes(name));
      onlyWhere(isGiven(stack, "HasPauseAt", pauseAt), ...part("/PauseAt"));
      onlyWhere(isGiven(stack, "HasResumeAt", resumeAt), ...part("/ResumeAt"));
      const hasBudget = new CfnCondition(stack, "HasBudget", {
        expression: Fn.conditionNot(Fn.conditionEquals(Fn.ref("BudgetAmount"), 0)),
      });
      onlyWhere(hasBudget, ...part("Budget"));
    },
  },
  "stay-safe": {
    says: "Evenkeel's stay-stopped: stops again the databases that AWS starts although they are paused",
    fill(stack) {
      new StaySafe(stack, "Stay", { ...commonOf(stack), ...storeOf(stack, true), ...settingsOf(stack, PAUSING) });
    },
  },
  "snapshot-watch": {
    says: "Evenkeel's snapshot watch: takes snapshots on a schedule and tells what differs from the baseline",
    fill(stack) {
      const schedule = text(stack, "Schedule", "when it looks: rate(1 day), or cron(…) in UTC", {
        default: "rate(1 day)",
        allowedPattern: RATE,
      });
      const selection = text(
        stack,
        "Selection",
        'what it looks at, as JSON: {"regions":["eu-west-1"]}; {}: everything',
        {
          default: "{}",
        },
      );
      const props = { ...commonOf(stack), ...storeOf(stack), ...settingsOf(stack, WATCH) };
      new SnapshotWatch(stack, "Watch", { ...props, selection, schedule: Times.expression(schedule) });
    },
  },
  "operator-role": {
    says: "Evenkeel's operator role: what people, or a pipeline, work as",
    fill(stack) {
      const roleName = text(stack, "RoleName", "as `evenkeel setup` expects it", { default: OPERATOR_ROLE });
      const { roleArn } = new OperatorRole(stack, "Operator", { roleName });
      new CfnOutput(stack, "RoleArn", { description: "For evenkeel setup --role-arn", value: roleArn });
    },
  },
};

/** The stack of a template. */
export function plainStack(app: App, name: string): PlainStack {
  const { says, fill } = TEMPLATES[name] as TemplateFacts;
  const stack = new PlainStack(app, name, says);
  fill(stack);
  return stack;
}

/** All templates by name, as they are written to files. */
export function plainTemplates(): Record<string, Json> {
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  const names = Object.keys(TEMPLATES);
  for (const name of names) plainStack(app, name);
  const assembly = app.synth();
  return Object.fromEntries(
    names.map((name) => [name, withoutListsOfOne(readable(assembly.getStackByName(name).template))]),
  );
}
