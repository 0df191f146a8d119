import type { Target } from "../../model/plan.ts";
import { namesText } from "../delta/table-listing.ts";
import { visible } from "../delta/value.ts";
import { countsText, nothingText, shortType } from "../delta/wording.ts";
import { groupBy } from "../group-by.ts";
import { count, countOf, minute, sentenceList } from "../humanise.ts";
import { DOINGS, type Doing } from "./items.ts";
import { isDone, type RemovalItem, type RemovalReport } from "./model.ts";

/** Of a plan and of a run; `after`: what follows the number of resources. */
const WORDS: Readonly<
  Record<Doing, { readonly verbs: readonly [string, string]; readonly after: string; readonly title: string }>
> = {
  remove: { verbs: ["removes", "removed"], after: "", title: "To be removed" },
  quarantine: { verbs: ["puts", "put"], after: " into quarantine", title: "To be put into quarantine" },
  mark: { verbs: ["marks", "marked"], after: " for a later run to remove", title: "To be marked" },
  unmark: { verbs: ["takes the mark off", "took the mark off"], after: "", title: "To lose their marks" },
};

/** The one line above everything: what will be done, or what came of it. */
export function headline({ plan, done, items, kept }: RemovalReport): string {
  const { verb, account } = plan;
  const stays = kept.length > 0 ? [`keeps ${count(kept.length)}`] : [];
  const along = (each: readonly RemovalItem[], isLater: boolean) => {
    const number = each.reduce((sum, { takes }) => sum + takes.length, 0);
    const went = done && !isLater ? "went" : number === 1 ? "goes" : "go";
    return number > 0 ? ` with ${count(number)} that ${went} along` : "";
  };
  const part = (doing: Doing) => {
    const { verbs, after } = WORDS[doing];
    const all = items.filter(({ does }) => does === doing);
    if (all.length === 0) return [];
    const ended = all.filter(isDone);
    const number = done
      ? `${count(ended.length)} of ${countOf(all.length, "resource")}`
      : countOf(all.length, "resource");
    return [
      `${verbs[done ? 1 : 0]} ${number}${after}${doing === "unmark" ? "" : along(done ? ended : all, doing === "mark")}`,
    ];
  };
  const parts = DOINGS.flatMap(part);
  const said = parts.length > 0 ? parts : [done ? "removed nothing" : "removes nothing"];
  return done
    ? `Run ${done.run}, account ${account}: ${sentenceList(said)}`
    : `Plan ${plan.id}, account ${account}: ${verb} ${sentenceList([...said, ...stays])}`;
}

/** What stands above what a plan will do or a run has done. @param isRest some of it stands elsewhere */
export function restTitle(report: RemovalReport, isRest: boolean): string {
  return `${report.done ? "Done" : planTitle(report)}${isRest ? " besides" : ""}`;
}

function planTitle({ items }: RemovalReport): string {
  const doings = new Set(items.map(({ does }) => does));
  const [only = "remove"] = doings;
  return doings.size > 1 ? "To be done" : WORDS[only].title;
}

/** Why all of it is to go, where that is one reason; an instance has its own beside it. */
export function commonReason({ items, reap }: RemovalReport): string | undefined {
  if (reap && reap.instances.length > 0) return undefined;
  const reasons = new Set(items.map(({ why }) => why));
  return reasons.size === 1 ? [...reasons][0] : undefined;
}

/** When the plan was made and until when it may be applied, or where what was done is kept. */
export function aboutText({ plan, done }: RemovalReport): string {
  return done
    ? `plan ${plan.id} of ${minute(plan.createdAt)}; the configuration of what went is kept in ${done.exported}`
    : `made ${minute(plan.createdAt)}, may be applied until ${minute(plan.expiresAt)}`;
}

/** What differs from the baseline when all was done; of a plan nothing, as what is to go stands in it. */
export function deltaText({ done, delta }: RemovalReport): string {
  if (!done || !delta) return "";
  const { counts, unchanged, before, changes } = delta;
  if (changes.length === 0) return nothingText(delta);
  return `Compared with ${before.name} again: ${countsText(counts, unchanged)}.`;
}

/** `first an EBS snapshot is made, then deleted`. */
export function doneText({ first, how }: Pick<RemovalItem, "first" | "how">): string {
  return first.length > 0 ? `first ${first.join(", then ")}; then ${how}` : how;
}

export function nameOf(target: Target): string {
  return visible(namesText(target));
}

/** Names, of which more than `most` are only counted; absent = all. */
export function namesOf(targets: readonly Target[], most = targets.length): string {
  const shown = targets.slice(0, most).map(nameOf);
  const left = targets.length - shown.length;
  return left > 0 ? `${shown.join(", ")} and ${count(left)} more` : shown.join(", ");
}

/** What goes along, by type: `ec2:volume vol-1, vol-2; ec2:network-interface eni-1`. More than `most` are only counted. */
export function alongText(takes: readonly Target[], most = takes.length): string {
  const groups = [...groupBy(takes, ({ type }) => type)];
  return groups
    .map(([type, all]) =>
      takes.length > most ? `${count(all.length)} ${shortType(type)}` : `${shortType(type)} ${namesOf(all)}`,
    )
    .join("; ");
}
