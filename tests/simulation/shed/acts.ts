import { patiently } from "../../../src/cli/shed-order.ts";
import { isError } from "../../../src/model/errors.ts";
import type { ShedSettings } from "../../../src/model/shed.ts";
import type { Incident } from "../../../src/twin/incident.ts";
import { AwsFault, type Call } from "../../../src/twin/service.ts";
import type { Actions } from "../../../src/twin/services/elasticloadbalancingv2/actions.ts";
import type { ShedContext } from "../../../src/verbs/shed/context.ts";
import type { Order } from "../../../src/verbs/shed/course.ts";
import { foresee } from "../../../src/verbs/shed/foresee.ts";
import { freshState } from "../../../src/verbs/shed/stand.ts";
import { makeStep, type StepEnd } from "../../../src/verbs/shed/step.ts";
import type { Makers } from "./functions.ts";
import type { ActPlan, Chosen, RulePlan, ShedHistory } from "./history.ts";
import type { Hooks } from "./hooks.ts";
import { actionsAt, rulesAt, weightsAt } from "./live.ts";
import type { Watchman } from "./watchman.ts";
import { ALARM, actionsOf, type IncidentWorld } from "./world.ts";

export interface Stage {
  readonly history: ShedHistory;
  readonly world: IncidentWorld;
  readonly makers: Makers;
  readonly watchman: Watchman;
  readonly hooks: Hooks;
  readonly call: Call;
  /** Alarms that are evaluated. */
  readonly alarms: string[];
  readonly incident: () => Incident;
  readonly deploy: (changes: Partial<Chosen>) => void;
}

const ORDERS = {
  freeze: () => ({ kind: "freeze" }),
  unfreeze: () => ({ kind: "unfreeze" }),
  restore: () => ({ kind: "restore", now: false }),
  "restore now": () => ({ kind: "restore", now: true }),
  shed: () => ({ kind: "shed" }),
  "shed to": (which) => ({ kind: "shed", level: which % 101 }),
  accept: () => ({ kind: "accept" }),
} as const satisfies Partial<Record<ActPlan["kind"], (which: number) => Order>>;

const orderOf = (kind: ActPlan["kind"]): ((which: number) => Order) | undefined =>
  Object.hasOwn(ORDERS, kind) ? ORDERS[kind as keyof typeof ORDERS] : undefined;

const DEPLOYMENTS: readonly ((settings: ShedSettings) => Partial<Chosen>)[] = [
  ({ maxShedPercent }) => ({ maxShedPercent: Math.ceil(maxShedPercent / 3) }),
  () => ({ maxShedPercent: 0 }),
  () => ({ maxShedPercent: 100 }),
  () => ({ shedPercent: 40, restorePercent: 15 }),
  () => ({ shedDelaySeconds: 90, restoreDelaySeconds: 240 }),
  () => ({ coolDownSeconds: 300, maxDurationSeconds: 900 }),
];

/** Does what somebody does meanwhile. What makes no sense then is refused, as it would be. */
export async function act(stage: Stage, { kind, which, lasts }: ActPlan): Promise<void> {
  const { watchman } = stage;
  const order = orderOf(kind)?.(which);
  if (order) {
    await command(stage, order, which % 2 ? lasts % 60 : undefined);
    return;
  }
  watchman.note(`somebody else: ${kind}`);
  const { listener } = stage.world;
  const rules = rulesAt(stage.call, listener);
  const rule = rules[which % Math.max(1, rules.length)];
  switch (kind as Exclude<ActPlan["kind"], keyof typeof ORDERS>) {
    case "set weights":
      return void (rule && (which % 3 === 0 ? inBetween(stage, rule, which) : setWeights(stage, rule, which)));
    case "rewrite a rule":
      return void (rule && rewrite(stage, rule, actionsOf(planOf(stage, which + 1), stage.world.groups) as Actions));
    case "change stickiness":
      return void (rule && changeStickiness(stage, rule, which));
    case "add a rule":
      return addRule(stage, which);
    case "delete a rule":
      return void (rule && rule !== listener && aws(stage, "elasticloadbalancing", "DeleteRule", { RuleArn: rule }));
    case "delete the listener":
      // Seldom: there is not much left to look at.
      return void (which % 4 === 0 && aws(stage, "elasticloadbalancing", "DeleteListener", { ListenerArn: listener }));
    case "delete the alarm":
      return aws(stage, "monitoring", "DeleteAlarms", { AlarmNames: [ALARM] });
    case "hide the alarm's data":
      return hide(stage, lasts);
    case "fail a group":
      return failGroup(stage, which, lasts);
    case "deploy":
      return stage.deploy(DEPLOYMENTS[which % DEPLOYMENTS.length]?.(watchman.deployed.at(-1) as ShedSettings) ?? {});
  }
}

/**
 * As the command line does it.
 * @param thinks seconds between what is shown and what is confirmed; undefined = nothing is shown
 * @returns whether it was done
 */
export async function command({ makers, watchman }: Stage, order: Order, thinks?: number): Promise<boolean> {
  const kind = order.kind === "restore" && order.now ? "restore now" : order.kind;
  const name = makers.enter("person");
  watchman.orders.set(name, kind);
  watchman.note(`${name} orders ${JSON.stringify(order)}`);
  if (kind !== "freeze") watchman.isFrozen = false;
  try {
    const end = await makers.command(name, (context) => confirmed(context, order, thinks));
    watchman.note(`${name}: ${end.kind === "made" ? end.decision.why : end.why}`);
    if (kind === "freeze" && end.kind === "made") watchman.isFrozen = watchman.state()?.phase === "frozen";
    return end.kind === "made";
  } catch (error) {
    if (!isError(error) || error.code === "BUG") watchman.accuse(`${name}: ${(error as Error).stack}`);
    // The command says so: that person knows.
    watchman.note(`${name} is told: ${(error as Error).message}`);
    watchman.failed.add(name);
    return false;
  }
}

async function confirmed(context: ShedContext, order: Order, thinks: number | undefined): Promise<StepEnd> {
  const { ledger, settings, clock } = context;
  const stand = (await ledger.read(settings.listener)) ?? freshState(settings, clock.now());
  const expects = thinks === undefined ? {} : { expects: (await foresee(context, stand, order)).digest };
  if (thinks) await clock.sleep(thinks * 1000);
  return patiently<StepEnd>(context, () => makeStep(context, { by: "person", order, ...expects }));
}

/** At this very instant, past the faults of our calls. What AWS refuses changes nothing. */
function aws({ world, call }: Stage, service: string, operation: string, input: object): void {
  const found = world.account.twin.services.find(({ signingName }) => signingName === service);
  try {
    found?.operations[operation]?.(input as never, call);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
  }
}

function rewrite(stage: Stage, rule: string, actions: Actions): void {
  const isDefault = rule === stage.world.listener;
  const input = isDefault ? { ListenerArn: rule, DefaultActions: actions } : { RuleArn: rule, Actions: actions };
  // Nobody else's secret is asked for.
  const whole = JSON.parse(
    JSON.stringify(input).replaceAll('"ClientId":"web"}', '"ClientId":"web","ClientSecret":"s"}'),
  );
  aws(stage, "elasticloadbalancing", isDefault ? "ModifyListener" : "ModifyRule", whole as object);
}

function setWeights(stage: Stage, rule: string, which: number): void {
  const actions = actionsAt(stage.call, rule);
  const recorded = stage.watchman.rest.get(rule)?.options[0];
  const weightOf = (group: string, index: number) =>
    which % 5 === 0 ? recorded?.[group] : (which * (index + 3) * 37) % (which % 2 ? 1000 : 101);
  const others = actions?.map((action) => {
    const groups = action.ForwardConfig?.TargetGroups;
    if (!groups) return action;
    const TargetGroups = groups.map((each, index) => ({ ...each, Weight: weightOf(each.TargetGroupArn ?? "", index) }));
    return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroups } };
  });
  if (others && weightsAt(stage.call, rule)) rewrite(stage, rule, others as Actions);
}

/** Between a look and the write that follows from it: right after the next reading but a few. */
function inBetween(stage: Stage, rule: string, which: number): void {
  const { hooks, makers } = stage;
  const inner = hooks.after;
  let readings = which % 7;
  hooks.after = (operation, input, call) => {
    inner?.(operation, input, call);
    if (operation !== "DescribeRules" || makers.running.size === 0 || endOf(stage, 1) === 0) return;
    if (readings-- === 0) setWeights(stage, rule, which);
  };
}

function changeStickiness(stage: Stage, rule: string, which: number): void {
  const actions = actionsAt(stage.call, rule)?.map((action) => {
    if (!action.ForwardConfig?.TargetGroups) return action;
    const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 100 + which };
    return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroupStickinessConfig } };
  });
  if (actions) rewrite(stage, rule, actions);
}

const planOf = ({ history }: Stage, which: number): RulePlan => history.rules[which % history.rules.length] as RulePlan;

function addRule(stage: Stage, which: number): void {
  const Conditions = [{ Field: "path-pattern", Values: [`/late-${which}`] }];
  const Actions = actionsOf(planOf(stage, which), stage.world.groups);
  const asked = { ListenerArn: stage.world.listener, Priority: 100 + which, Conditions, Actions };
  aws(stage, "elasticloadbalancing", "CreateRule", asked);
}

/** Whatever was to be over with the load is over with it. */
const endOf = ({ history, call, world }: Stage, lasts: number): number =>
  Math.max(0, Math.min(lasts * 1000, Date.parse(world.begun) + history.load.over * 1000 - call.millis()));

async function hide(stage: Stage, lasts: number): Promise<void> {
  const { alarms, call, world } = stage;
  alarms.length = 0;
  const StateValue = "INSUFFICIENT_DATA";
  aws(stage, "monitoring", "SetAlarmState", { AlarmName: ALARM, StateValue, StateReason: "no data" });
  await world.account.twin.clock.sleep(endOf(stage, lasts));
  if (alarms.length === 0) alarms.push(ALARM);
  stage.watchman.note(`the alarm has data again at ${call.now()}`);
}

async function failGroup(stage: Stage, which: number, lasts: number): Promise<void> {
  const { incident, world } = stage;
  const index = which % world.groups.length;
  const name = world.groups[index] ?? "";
  incident().failTargets(
    name,
    Array.from({ length: 3 }, (_, at) => `i-group-${index}-${at}`),
  );
  await world.account.twin.clock.sleep(endOf(stage, lasts));
  incident().failTargets(name, []);
}
