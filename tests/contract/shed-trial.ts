import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import { readActions, weightsIn } from "../../src/catalog/elasticloadbalancingv2/forwarding.ts";
import {
  forwarding,
  seedRule,
  seedSpread,
  setActions,
} from "../../src/catalog/elasticloadbalancingv2/shedding.trial.ts";
import { readScope } from "../../src/catalog/scope.ts";
import { memoryHost } from "../../src/io/memory.ts";
import type { ShedMessage, ShedSettings } from "../../src/model/shed.ts";
import type { Weights } from "../../src/model/weights.ts";
import { storeLedger } from "../../src/store/shed-ledger.ts";
import type { ShedContext } from "../../src/verbs/shed/context.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

const ALARM = "web-overrun";

/** A listener that can be shed, on the twin, and everything that a step works with. */
export interface ShedTrial {
  readonly account: TestAccount;
  readonly context: ShedContext;
  readonly groups: Readonly<Record<"primary" | "standby" | "spare", string>>;
  /** The rule of priority 10; the default rule goes under the listener's ARN. */
  readonly rule: string;
  /** Messages for the next step, each with the seconds it was sent for. */
  readonly sent: { readonly message: ShedMessage; readonly seconds: number }[];
  readonly told: string[];
  alarm(state: StateValue): Promise<void>;
  /** Weights of the primary, of the default rule and of the other one. */
  primaries(): Promise<(number | undefined)[]>;
  /** Sets the weights of the primary and the standby group, as somebody else would. */
  setWeights(rule: string, primary: number, standby: number): Promise<void>;
}

export async function shedTrial(more: Partial<ShedSettings> = {}): Promise<ShedTrial> {
  const account = await testAccount();
  const { connection, twin, send } = account;
  const { listener, groups } = await seedSpread(account);
  const at = (primary: number, standby: number): Weights => ({ [groups.primary]: primary, [groups.standby]: standby });
  const setWeights = (rule: string, primary: number, standby: number) =>
    setActions(account, rule, [forwarding(at(primary, standby))]);
  await setWeights(listener, 100, 0);
  const rule = await seedRule(account, listener, 10, [forwarding(at(200, 0))]);
  const definition = {
    Namespace: "AWS/ApplicationELB",
    MetricName: "RequestCountPerTarget",
    Statistic: "Sum",
  } as const;
  const rest = {
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 500,
    ComparisonOperator: "GreaterThanThreshold",
  } as const;
  await send(CloudWatchClient, new PutMetricAlarmCommand({ AlarmName: ALARM, ...definition, ...rest }));
  const settings: ShedSettings = {
    listener,
    primary: groups.primary,
    alarm: ALARM,
    shedPercent: 20,
    maxShedPercent: 100,
    restorePercent: 50,
    shedDelaySeconds: 60,
    restoreDelaySeconds: 120,
    restoreThresholdPercent: 80,
    coolDownSeconds: 0,
    missingDataSeconds: 300,
    spread: "evenly",
    emptyGroups: Object.values(groups),
    ...more,
  };
  const sent: ShedTrial["sent"] = [];
  const told: string[] = [];
  const { signal } = new AbortController();
  const context: ShedContext = {
    connection,
    host: memoryHost(),
    clock: twin.clock,
    signal,
    settings,
    ledger: storeLedger(memoryStore(), connection.account),
    owner: "first",
    schedule: async (message, seconds) => void sent.push({ message, seconds }),
    tell: async (text) => void told.push(text),
  };
  const primaryIn = async (name: string) => {
    const actions = await readActions(readScope(connection, HERE, { signal }), name);
    return actions && weightsIn(actions)?.[groups.primary];
  };
  return {
    account,
    context,
    groups,
    rule,
    sent,
    told,
    async alarm(StateValue) {
      await send(CloudWatchClient, new SetAlarmStateCommand({ AlarmName: ALARM, StateValue, StateReason: "a test" }));
    },
    primaries: () => Promise.all([listener, rule].map(primaryIn)),
    setWeights,
  };
}
