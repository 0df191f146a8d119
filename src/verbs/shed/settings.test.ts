import { describe, expect, it } from "vitest";
import { EvenkeelError } from "../../model/errors.ts";
import type { ShedReading, ShedState } from "../../model/shed.ts";
import type { Order } from "./course.ts";
import { alarm, BALANCER, LISTENER, NOW, RULE, reading, SETTINGS, STANDBY, shedTo, WEB } from "./decide.test-data.ts";
import { decide } from "./decide.ts";
import { PARAMETER_NAMES, type ParameterName, parameter } from "./parameters.ts";
import { planStep } from "./plan.ts";
import { parseShedEnv } from "./settings.ts";
import { freshState } from "./stand.ts";

const SPARE = STANDBY.replace("standby/2", "spare/6");
const ENV = { ELB_LISTENER_ARN: LISTENER, ELB_TARGET_GROUP_ARN: WEB, CW_ALARM_NAME: "web-overrun" };

function refusal(env: Readonly<Record<string, string>>): EvenkeelError {
  try {
    parseShedEnv(env);
  } catch (error) {
    if (error instanceof EvenkeelError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

/** Everything that steps do by these parameters: a case for each branch that one of them decides. */
function behaviour(env: Readonly<Record<string, string>>): unknown {
  const { settings, ...rest } = parseShedEnv(env);
  const three: ShedReading["rules"] = [{ rule: RULE, weights: { [WEB]: 100, [STANDBY]: 30, [SPARE]: 10 } }];
  const health = { [WEB]: "healthy", [STANDBY]: "healthy", [SPARE]: "healthy" } as const;
  const fresh = freshState(settings, NOW);
  const made = (stand: ShedState, seen: ShedReading, order?: Order) => {
    const decision = decide(stand, settings, seen, order);
    const { degree, phase, nextSeconds, why } = decision;
    const { steps } = planStep({ stand, settings, reading: seen, kept: [] }, decision);
    return { degree, phase, nextSeconds, why, sets: steps.map(({ sets }) => sets) };
  };
  return {
    sheds: made(fresh, reading(100, { alarm: alarm("ALARM"), rules: three, health })),
    shedsMuch: made(shedTo(90), reading(10, { alarm: alarm("ALARM") })),
    shedsToEmpty: made(
      fresh,
      reading(100, { alarm: alarm("ALARM"), health: { [WEB]: "healthy", [STANDBY]: "empty" } }),
    ),
    givesBack: made(shedTo(50), reading(50)),
    givesBackSoon: made(shedTo(50), reading(50, { alarm: alarm("OK", 60) })),
    givesBackNear: made(shedTo(10), reading(90, { alarm: alarm("OK", 600, { value: 360 }) })),
    longShed: made(shedTo(50), reading(50, { alarm: alarm("ALARM") })),
    noData: made(shedTo(50), reading(50, { alarm: alarm("INSUFFICIENT_DATA", 120) })),
    ...rest,
    listener: settings.listener,
  };
}

const OTHERS: Readonly<Record<ParameterName, string>> = {
  listener: LISTENER.replace("4444", "8888"),
  "load-balancer": BALANCER.replace("3333", "9999"),
  primary: STANDBY,
  "shed-percent": "10",
  "max-shed-percent": "50",
  "restore-percent": "20",
  "shed-delay": "90",
  "restore-delay": "90",
  alarm: "api-overrun",
  "alarm-namespace": "Web",
  "alarm-metric": "TargetResponseTime",
  "alarm-statistic": "p99",
  "alarm-threshold": "0.5",
  "alarm-periods": "2",
  "alarm-period": "300",
  "restore-threshold": "60",
  "cool-down": "30",
  "max-duration": "300",
  "missing-data": "60",
  spread: "by-weight",
  "empty-groups": `${SPARE}, ${STANDBY}`,
  state: "dynamodb:shed",
  queue: "https://sqs.eu-west-1.amazonaws.com/123456789012/steps",
  topic: "arn:aws:sns:eu-west-1:123456789012:alerts",
};

/** What comes out, or why nothing does. */
function outcome(env: Readonly<Record<string, string>>): unknown {
  try {
    return behaviour(env);
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the parameters of shedding", () => {
  it.each(PARAMETER_NAMES)("%s changes what is done", (name) => {
    expect(outcome({ ...ENV, [parameter(name).env]: OTHERS[name] })).not.toEqual(behaviour(ENV));
  });

  it("have the defaults of the table, and the alarm as CloudWatch is to have it", () => {
    expect(parseShedEnv(ENV)).toEqual({
      settings: SETTINGS,
      loadBalancer: BALANCER,
      alarm: {
        name: "web-overrun",
        namespace: "AWS/ApplicationELB",
        metric: "RequestCountPerTarget",
        statistic: "Sum",
        dimensions: { LoadBalancer: "app/web/3333333333333333", TargetGroup: "targetgroup/web/1111111111111111" },
        threshold: 500,
        comparison: "GreaterThanThreshold",
        evaluationPeriods: 3,
        periodSeconds: 60,
      },
      ledger: "file",
      queue: undefined,
      topic: undefined,
    });
    // The cool-down follows the restore delay.
    expect(parseShedEnv({ ...ENV, RESTORE_MESG_DELAY_SEC: "90" }).settings.coolDownSeconds).toBe(90);
    expect(parseShedEnv({ ...ENV, ELB_SHED_PERCENT: "" }).settings.shedPercent).toBe(5);
    expect(parseShedEnv({ ...ENV, ELB_ARN: BALANCER }).loadBalancer).toBe(BALANCER);
  });

  it.each(PARAMETER_NAMES.filter((name) => parameter(name).kind === "number"))(
    "%s is refused outside of its range",
    (name) => {
      const fact = parameter(name);
      if (fact.kind !== "number") throw new Error("not a number");
      const { env, least, most, isFraction } = fact;
      for (const value of [least - 1, most + 1, "many", " ", "NaN", "Infinity", ...(isFraction ? [] : [least + 0.5])]) {
        const { code, message } = refusal({ ...ENV, [env]: String(value) });
        expect(code).toBe("USAGE");
        expect(message).toContain(`${env} can't be ${JSON.stringify(String(value))}`);
        expect(message).toContain(`from ${least} to ${most}`);
      }
      for (const value of [least, most]) expect(() => parseShedEnv({ ...ENV, [env]: String(value) })).not.toThrow();
    },
  );

  it("are all asked for at once where several are missing or wrong", () => {
    const { message } = refusal({ ELB_SHED_PERCENT: "0" });
    for (const name of [...Object.keys(ENV), "ELB_SHED_PERCENT"]) expect(message).toContain(name);
    expect(message.split("\n")).toHaveLength(4);
  });

  it.each([
    ["ELB_LISTENER_ARN", LISTENER.replace("/app/", "/net/")],
    ["ELB_LISTENER_ARN", "web"],
    ["ELB_ARN", BALANCER.replace("3333", "9999")],
    ["ELB_TARGET_GROUP_ARN", WEB.replace("eu-west-1", "eu-west-2")],
    ["ELB_TARGET_GROUP_ARN", WEB.replace(":123456789012:", ":210987654321:")],
    ["ELB_TARGET_GROUP_ARN", WEB.replace("arn:aws:", "arn:aws-cn:")],
    ["ELB_TARGET_GROUP_ARN", LISTENER],
    ["SHED_EMPTY_GROUPS", "standby"],
    ["SHED_EMPTY_GROUPS", WEB],
    ["SHED_EMPTY_GROUPS", STANDBY.replace("eu-west-1", "eu-west-2")],
    ["SHED_SPREAD", "equally"],
    ["SHED_STATE", "s3://bucket"],
    ["SHED_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/steps.fifo"],
    ["SHED_QUEUE_URL", "steps"],
    ["SNS_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:alerts.fifo"],
    ["CW_ALARM_METRIC_STAT", "Total"],
    ["CW_ALARM_PERIOD", "90"],
  ])("%s is refused when it is %s", (env, value) => {
    expect(refusal({ ...ENV, [env]: value }).message).toMatch(new RegExp(`^${env} can't be `));
  });

  it("make no alarm that CloudWatch would not take: all its periods are at most a day", () => {
    const all = { ...ENV, CW_ALARM_PERIOD: "3600" };
    expect(() => parseShedEnv({ ...all, CW_ALARM_EVALUATION_PERIODS: "24" })).not.toThrow();
    expect(refusal({ ...all, CW_ALARM_EVALUATION_PERIODS: "25" }).message).toContain("longer than a day");
  });
});
