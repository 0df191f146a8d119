import { painter, type Style } from "../../io/colour.ts";
import type { ShedPhase } from "../../model/shed.ts";
import { groupName } from "../../verbs/shed/foreign.ts";
import type { GroupStatus, RuleStatus, ShedStatus } from "../../verbs/shed/status.ts";
import { type Fact, renderFacts } from "../facts.ts";
import type { RenderOptions, Report } from "../format.ts";
import { age, count } from "../humanise.ts";
import { renderTable } from "../table.ts";
import { wrapLines } from "../wrap.ts";
import { logText } from "./log.ts";
import { listenerName, phaseText, shortRule, spanText, weightsText, whenText } from "./words.ts";

/** Lines of the log that people are shown. */
const SHOWN = 20;

/**
 * How the shedding of one listener stands.
 * @param log of the listener, oldest first; absent = nobody asked for it
 */
export function shedStatusReport(status: ShedStatus, log?: readonly object[]): Report {
  return {
    text: (options) =>
      [
        `${painter(options.colour)("bold", `Listener ${listenerName(status.settings.listener)}`)}\n`,
        renderFacts(factsOf(status, options), options.width),
        damageText(status, options),
        rulesText(status, options),
        groupsText(status, options),
        keptText(status, options),
        log ? `The log's last lines:\n${logText(log.slice(-SHOWN), options)}` : "",
      ]
        .filter((part) => part !== "")
        .join("\n"),
    data: () => dataOf(status, log),
    csv: {
      titles: ["listener", "phase", "level", "rule", "group", "baseline", "now", "wanted", "health"],
      records: () =>
        status.rules.flatMap(({ rule, baseline, now, wanted }) =>
          Object.keys(baseline).map((group) => [
            status.settings.listener,
            status.phase,
            status.degree.level,
            rule,
            group,
            baseline[group],
            now?.[group],
            wanted[group],
            status.groups.find((each) => each.group === group)?.health,
          ]),
        ),
    },
  };
}

export const PHASE_STYLES: Readonly<Record<ShedPhase, Style>> = {
  idle: "good",
  shedding: "warning",
  holding: "warning",
  restoring: "accent",
  frozen: "bad",
  lost: "bad",
};

function factsOf(status: ShedStatus, { colour }: RenderOptions): Fact[] {
  const { at, phase, degree, why, state, isGone, lease } = status;
  const paint = painter(colour);
  const { since } = state;
  return [
    ["state", status.damage ? paint("bad", "not known") : paint(PHASE_STYLES[phase], phaseText(phase, degree))],
    ...(since ? [["since", whenText(since, at)] as const] : []),
    ...(isGone || phase !== "idle" ? [["why", isGone ? "the listener is gone" : why] as const] : []),
    ...(state.pending
      ? [
          [
            "not finished",
            `a step to ${state.pending.degree.level} % was cut short; the next one goes on with it`,
          ] as const,
        ]
      : []),
    ["next step", nextText(status)],
    ["alarm", alarmText(status)],
    ["at work", lease ? `${lease.owner}, until ${lease.until} at the latest` : "nobody"],
  ];
}

function nextText({ at, phase, state, isOverdue, next, damage }: ShedStatus): string {
  if (damage) return "none";
  if (phase === "frozen") return "none: it is frozen, and `evenkeel shed unfreeze` lets it go on";
  if (phase === "lost")
    return "none: `evenkeel shed restore --now` puts the recorded weights back, `evenkeel shed unfreeze --accept` takes those that are there";
  const { dueAt, baseline } = state;
  if (baseline.length === 0) return "when the alarm goes on";
  if (isOverdue)
    return `was due ${age(dueAt ?? "", at)}: the loop has stopped, or there is none; \`evenkeel shed step\` or \`evenkeel shed restore\` goes on`;
  const then = next ? `, as things are: ${phaseText(next.phase, next.degree)}, as ${next.why}` : "";
  const seconds = Math.max(0, Math.round((Date.parse(dueAt ?? "") - at) / 1000));
  return dueAt === undefined ? "none" : `in ${spanText(seconds)}${then}`;
}

function alarmText({ at, alarm, settings }: ShedStatus): string {
  const name = settings.alarm;
  if (alarm === "gone")
    return `${name}: there is no such alarm, so nothing is shed by itself, and what is shed is given back`;
  const { state, since, value, threshold } = alarm;
  const limit = threshold === undefined ? "" : `, threshold ${count(threshold)}`;
  const metric = value === undefined ? "its metric has no data just now" : `its metric is ${count(value)}`;
  const below =
    threshold === undefined
      ? ""
      : `, gives back while that brings it to at most ${count((threshold * settings.restoreThresholdPercent) / 100)}`;
  return `${name}: ${state} since ${age(since, at)}, ${metric}${limit}${below}`.replace("since just now", "just now");
}

function damageText({ damage }: ShedStatus, { colour, width }: RenderOptions): string {
  if (!damage) return "";
  const lines = [damage.message, ...(damage.details.hint ? [damage.details.hint] : [])];
  return wrapLines(`${painter(colour)("bad", "Damaged")}\n${lines.map((line) => `  ${line}\n`).join("")}`, width);
}

function rulesText({ rules, isGone }: ShedStatus, options: RenderOptions): string {
  if (rules.length === 0) {
    const none = "No rule forwards to the primary group and to another one: there is nothing to shed.\n";
    return isGone ? "" : wrapLines(none, options.width);
  }
  const table = renderTable<RuleStatus>(
    [
      { title: "RULE", value: ({ rule }) => shortRule(rule), whole: true },
      { title: "BASELINE", value: ({ baseline }) => weightsText(baseline) },
      { title: "NOW", value: ({ now }) => weightsText(now) },
      { title: "WANTED", value: ({ wanted }) => weightsText(wanted) },
    ],
    rules,
    options,
  );
  const notes = rules.flatMap(({ rule, note }) => (note === undefined ? [] : [`Rule ${shortRule(rule)}: ${note}.\n`]));
  return table + wrapLines(notes.join(""), options.width);
}

function groupsText({ groups }: ShedStatus, options: RenderOptions): string {
  if (groups.length === 0) return "";
  return renderTable<GroupStatus>(
    [
      { title: "GROUP", value: ({ group }) => groupName(group) },
      { title: "PART", value: ({ isPrimary }) => (isPrimary ? "primary" : "receives") },
      {
        title: "HEALTH",
        value: healthText,
        style: ({ health, isEmptyOnPurpose }) =>
          health === "healthy" ? "good" : health === "empty" && isEmptyOnPurpose ? undefined : "bad",
      },
    ],
    groups,
    options,
  );
}

function healthText({ health, isEmptyOnPurpose }: GroupStatus): string {
  if (health === "healthy") return "healthy";
  if (health === "none-healthy") return "no healthy target: gets no more load";
  if (health === "unknown") return "could not be read: gets no more load";
  return isEmptyOnPurpose ? "empty on purpose" : "empty: gets no more load, unless empty-groups names it";
}

function keptText({ kept }: ShedStatus, options: RenderOptions): string {
  const lines = kept.map(({ target, reason }) => `Rule ${shortRule(target.arn)} is left alone: ${reason}.\n`);
  return wrapLines(lines.join(""), options.width);
}

function dataOf(status: ShedStatus, log: readonly object[] | undefined): object {
  const { at, settings, phase, degree, why, state, damage, isGone, next, isOverdue, lease, alarm, ...seen } = status;
  const { generation, revision, since, changedAt, dueAt, givingBack = false, pending } = state;
  return {
    listener: settings.listener,
    at: new Date(at).toISOString(),
    phase,
    ...degree,
    why,
    since: since ?? null,
    changedAt,
    dueAt: dueAt ?? null,
    overdue: isOverdue,
    generation,
    revision,
    givingBack,
    pending: pending ?? null,
    lease: lease ?? null,
    next: next ?? null,
    gone: isGone,
    damage: damage ? { problem: damage.message, hint: damage.details.hint ?? null } : null,
    settings,
    alarm: alarm === "gone" ? null : { name: settings.alarm, ...alarm, since: new Date(alarm.since).toISOString() },
    ...seen,
    ...(log ? { log } : {}),
  };
}
