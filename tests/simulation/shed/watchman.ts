import type { ShedSettings, ShedState } from "../../../src/model/shed.ts";
import { type Degree, shedWeights, type Weights } from "../../../src/model/weights.ts";
import type { Call } from "../../../src/twin/service.ts";
import type { Order } from "../../../src/verbs/shed/course.ts";
import { arnOfMaker, type Maker, type Makers } from "./functions.ts";
import type { Hooks } from "./hooks.ts";
import { actionsAt, areSame, rulesAt, storedState, sumOf, weightsAt, weightsOf, withoutWeights } from "./live.ts";
import { paceOf } from "./pace.ts";
import type { IncidentWorld } from "./world.ts";

/** What a rule's weights are when nothing is shed. Several: somebody else has set them during an incident. */
export interface Rest {
  readonly options: readonly (Weights | undefined)[];
}

/** Looks at every write while it is made. */
export interface Watchman {
  /** What went against the rules. */
  readonly violations: string[];
  /** What happened, for whoever has to find out why. */
  readonly story: string[];
  readonly rest: ReadonlyMap<string, Rest>;
  readonly told: { readonly by: string; readonly at: number; readonly text: string }[];
  readonly state: () => ShedState | undefined;
  /** Who has stored it last. */
  readonly lastWriter: () => string;
  /** Makers whose orders were of a person. */
  readonly orders: Map<string, Order["kind"] | "restore now">;
  /** Persons whose command ended with an error, which they read. */
  readonly failed: Set<string>;
  /** Settings that have ever been deployed. */
  readonly deployed: ShedSettings[];
  /** A freeze that was acknowledged, until somebody wants it to end. */
  isFrozen: boolean;
  note(text: string): void;
  accuse(text: string): void;
}

/** @param hooks are set */
export function newWatchman(world: IncidentWorld, makers: Makers, hooks: Hooks, call: Call): Watchman {
  const rest = new Map<string, Rest>();
  /** Order of readings, by whom, and of others' writes, of which rule. */
  let turns = 0;
  const readAt = new Map<string, number>();
  const foreignAt = new Map<string, number>();
  let state: ShedState | undefined;
  let lastWriter = "";
  let before: ReturnType<typeof actionsAt>;
  const seconds = () => Math.round(call.millis() / 1000) - Math.round(Date.parse(call.world.startedAt) / 1000) - 60;
  const isCalm = () => makers.running.size === 0;

  const watchman: Watchman = {
    violations: [],
    story: [],
    rest,
    told: [],
    state: () => state,
    lastWriter: () => lastWriter,
    orders: new Map(),
    failed: new Set(),
    deployed: [],
    isFrozen: false,
    note: (text) => void watchman.story.push(`${seconds()} s: ${text}`),
    accuse(text) {
      watchman.violations.push(`${seconds()} s: ${text}`);
      watchman.note(`!!! ${text}`);
    },
  };
  const { accuse, note } = watchman;
  const pace = paceOf(watchman);

  const makerOf = ({ caller }: Call): Maker | undefined =>
    [...makers.all.values()].find(({ name }) => arnOfMaker(name) === caller);
  const definite = (rule: string): Weights | undefined => {
    const options = rest.get(rule)?.options ?? [];
    return options.length === 1 ? options[0] : undefined;
  };
  const ruleIn = (input: object) => {
    const { RuleArn, ListenerArn } = input as { RuleArn?: string; ListenerArn?: string };
    return RuleArn ?? ListenerArn ?? "";
  };

  const foreignWrite = (rule: string, now: Weights | undefined) => {
    note(`somebody else: ${rule.slice(-8)} ${words(now)}`);
    foreignAt.set(rule, ++turns);
    const isOurs = state?.baseline.some((each) => each.rule === rule) || !isCalm();
    rest.set(rule, { options: isOurs ? [...(rest.get(rule)?.options ?? []), now] : [now] });
  };

  const ourWrite = (maker: Maker, rule: string) => {
    const say = (text: string) => accuse(`${maker.name} wrote ${rule.slice(-8)}: ${text}`);
    const [was, is] = [weightsOf(before), weightsAt(call, rule)];
    note(`${maker.name} writes ${rule.slice(-8)} ${words(was)} -> ${words(is)}`);
    const now = call.millis();
    if (!state?.lease || state.lease.owner !== maker.name || Date.parse(state.lease.until) <= now)
      say(`without the lease, which is ${JSON.stringify(state?.lease)}`);
    if (!is || !was || Object.values(is).some((each) => each < 0 || each > 999)) return say(`weights ${words(is)}`);
    // AWS has no conditional write: what somebody does between our last reading and our write is not seen.
    const isRace = (foreignAt.get(rule) ?? -1) > (readAt.get(maker.name) ?? 0);
    if (withoutWeights(before) !== withoutWeights(actionsAt(call, rule)) && !isRace) say("other members have changed");
    const whole = definite(rule);
    if (whole && sumOf(whole) !== sumOf(is)) say(`the sum is ${sumOf(is)}, not ${sumOf(whole)}`);
    if (maker.isFunction && (watchman.isFrozen || state?.phase === "frozen" || state?.phase === "lost"))
      say(`while it is ${watchman.isFrozen ? "frozen" : state?.phase}`);
    if (["freeze", "accept"].includes(watchman.orders.get(maker.name) ?? "")) say("for an order that writes nothing");
    const primary = state?.primary ?? "";
    if (!Object.hasOwn(was, primary) || Object.keys(was).length < 2)
      say("it does not carry the primary and another group");
    if (world.protectedRules.includes(rule)) say("it is protected");
    const known = [state?.written, state?.pending?.rules].map(
      (rules) => rules?.find((each) => each.rule === rule)?.weights,
    );
    if (maker.isFunction && !isRace && !known.some((each) => areSame(each, was))) say("over weights of somebody else");
    const aim = state?.pending?.degree;
    if (!aim) return say("without having stored that before");
    pace.wrote(maker, aim, now);
    const wanted = whole && shedWeights(whole, primary, aim, maker.settings.spread);
    if (wanted && !areSame(wanted, is))
      say(`level ${aim.level}, cap ${aim.cap} of ${words(whole)} are ${words(wanted)}`);
  };

  const stored = (maker: Maker, next: ShedState) => {
    const say = (text: string) => accuse(`${maker.name} stored: ${text}`);
    const was = state;
    note(`${maker.name} stores ${summary(next)}`);
    state = next;
    lastWriter = maker.name;
    const holder = was?.lease && Date.parse(was.lease.until) > call.millis() ? was.lease.owner : maker.name;
    if (holder !== maker.name) say(`under the lease of ${holder}`);
    const wasStill = was?.phase === "frozen" || was?.phase === "lost";
    if (maker.isFunction && wasStill) say(`while it is ${was.phase}`);
    if (maker.isFunction && next.phase === "lost" && !watchman.told.some(({ by }) => by === maker.name))
      say("lost, and nobody was told");
    baselines(maker, was, next, say);
    if (next.phase === "lost" && was?.phase !== "lost" && foreignAt.size === 0)
      say("lost, and nobody else has written");
    if (!next.lease && !next.pending) pace.made(maker, next, call.millis(), isGone(was));
  };

  const isGone = ({ baseline }: Pick<ShedState, "baseline"> = { baseline: [] }) =>
    baseline.length > 0 && !baseline.some(({ rule }) => actionsAt(call, rule));

  const baselines = (maker: Maker, was: ShedState | undefined, next: ShedState, say: (text: string) => void) => {
    const old = was?.baseline ?? [];
    const order = watchman.orders.get(maker.name);
    if (old.length > 0 && next.baseline.length > 0) {
      for (const { rule, weights } of next.baseline)
        if (!areSame(old.find((each) => each.rule === rule)?.weights, weights))
          say(`another baseline of ${rule.slice(-8)}`);
      for (const { rule } of old)
        if (!next.baseline.some((each) => each.rule === rule) && rulesAt(call, world.listener).includes(rule))
          say(`the baseline of ${rule.slice(-8)} is lost`);
    } else if (next.baseline.length > 0)
      for (const { rule, weights } of next.baseline) {
        const whole = definite(rule);
        if (whole && !areSame(whole, weights)) say(`${words(weights)} as the baseline of ${rule.slice(-8)}`);
      }
    else if (old.length > 0 && order === "accept")
      for (const rule of rulesAt(call, world.listener)) rest.set(rule, { options: [weightsAt(call, rule)] });
    else
      for (const { rule, weights } of old) {
        const live = weightsAt(call, rule);
        if (order === "restore now" && areSame(live, weights)) rest.set(rule, { options: [weights] });
        const whole = definite(rule);
        if (live && whole && !areSame(live, whole))
          say(`that nothing is shed, and ${rule.slice(-8)} is ${words(live)}`);
      }
  };

  hooks.before = (operation, input) => {
    if (operation === "ModifyRule" || operation === "ModifyListener") before = actionsAt(call, ruleIn(input));
  };
  hooks.after = (operation, input, its) => {
    const maker = makerOf(its);
    if (operation === "ModifyRule" || operation === "ModifyListener") {
      if (maker) ourWrite(maker, ruleIn(input));
      else foreignWrite(ruleIn(input), weightsAt(call, ruleIn(input)));
    } else if (operation === "DescribeRules" && maker) readAt.set(maker.name, ++turns);
    else if (operation === "PutItem" && maker) {
      const next = storedState(input);
      if (next) stored(maker, next);
    } else if (operation === "Publish" && maker) {
      const { Message: text = "" } = input as { Message?: string };
      note(`${maker.name} tells: ${text}`);
      watchman.told.push({ by: maker.name, at: call.millis(), text });
    } else if (operation === "CreateRule" || operation === "DeleteRule" || operation === "DeleteListener") {
      note(`somebody else: ${operation}`);
      const live = rulesAt(call, world.listener);
      for (const rule of live) if (!rest.has(rule)) rest.set(rule, { options: [weightsAt(call, rule)] });
      for (const rule of rest.keys()) if (!live.includes(rule)) rest.delete(rule);
    }
  };
  for (const rule of rulesAt(call, world.listener)) rest.set(rule, { options: [weightsAt(call, rule)] });
  return watchman;
}

export const words = (weights: Weights | undefined): string => (weights ? Object.values(weights).join("/") : "none");

const degreeOf = ({ level, cap }: Degree) => `${level}<=${cap}`;

function summary({ revision, generation, phase, degree, pending, baseline, lease, dueAt, why }: ShedState): string {
  const step = pending ? ` (to ${degreeOf(pending.degree)})` : "";
  const due = dueAt ? ` due ${dueAt.slice(11, 19)}` : "";
  return `r${revision} g${generation} ${phase} ${degreeOf(degree)}${step}, ${baseline.length} rules${lease ? `, held by ${lease.owner}` : ""}${due}: ${why}`;
}
