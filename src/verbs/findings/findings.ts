import { factsOf } from "../../catalog/registry.ts";
import { protectionOf } from "../../engine/protect-rules.ts";
import { type Scan, scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { instant } from "../../model/brand.ts";
import { incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type Amount, minus, rate, sign } from "../../model/money.ts";
import { QUARANTINE_TAG } from "../../model/quarantine.ts";
import { redactor } from "../../model/redact.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { resourceIndex } from "../../model/resource-index.ts";
import { judge, type Selection } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { heldBy, knownRecords } from "../records/known.ts";
import { parseChoice, type RawChoice, rulesFor } from "./choose.ts";
import { byMoney, byRule, pricesIn, totalOf } from "./groups.ts";
import { type Found, type Judged, judgeAll, targetOf } from "./judging.ts";
import type { Finding, FindingMoney, FindingsResult } from "./result.ts";
import type { FindingRule } from "./rule.ts";

export interface FindingsRequest extends RawChoice {
  readonly selection: RawSelection;
}

/** Checks a request before any call. @throws EvenkeelError USAGE, UNKNOWN_TYPE */
export function checkFindings({ selection, ...choice }: FindingsRequest): void {
  rulesFor(parseChoice(choice).rules, parseSelection(selection)([]).types);
}

/**
 * What costs money and is probably not needed, each with its money, the reason and what to do about it. Changes nothing.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE before any call
 */
export async function findings(context: VerbContext, request: FindingsRequest): Promise<FindingsResult> {
  const { connection, clock } = context;
  const { rules: chosen, min, prices } = parseChoice(request);
  const select = parseSelection(request.selection);
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const selection = select(regionsNamed ? [] : await connection.enabledRegions());
  const rules = rulesFor(chosen, selection.types);
  const seen = await scanFor(context, rules, selection);
  const selected = seen.resources.filter((resource) => judge(selection, resource) === "in");
  const judged = await judgeAll(context, rules, seen, selected);
  const { found, unjudged } = await withMoney(context, judged, seen, prices);
  const protection = await protectionIn(context);
  const all = found.map((each) => findingOf(each, protection(each.resource)));
  const enough = all.filter((each) => isEnough(each, min));
  const recommended = enough.filter((each) => each.protected === undefined);
  const known = pricesIn(enough);
  return {
    account: connection.account,
    at: instant(clock.now()),
    asked: rules.map(({ id }) => id),
    rules: byRule(recommended),
    total: totalOf(recommended),
    kept: enough.filter((each) => each.protected !== undefined).sort(byMoney),
    unjudged,
    below: all.length - enough.length,
    ...(known ? { prices: known } : {}),
    unseen: incomplete(seen.coverage),
  };
}

/** Everything that the rules look at, of all of the selected regions: filters choose what may be found, not what is looked at. */
async function scanFor(context: VerbContext, rules: readonly FindingRule[], selection: Selection): Promise<Scan> {
  const { connection, store, host, clock, signal } = context;
  const judged = rules.flatMap((rule) => rule.types.filter((type) => selection.types.includes(type)));
  const besides = rules.flatMap(({ looksAt = [], counts }) => [...looksAt, ...(counts ? [counts.type] : [])]);
  const wide = { types: [...new Set([...judged, ...besides])], regions: selection.regions };
  return scan({ connection, selection: wide, redact: redactor(await secretKey(store)), host, clock, signal });
}

/** A thing that was found, with its money where somebody asked for that. */
type Priced = Found & { readonly money?: FindingMoney };

async function withMoney(
  context: VerbContext,
  { found, unjudged }: Judged,
  { resources }: Scan,
  prices: boolean,
): Promise<{ readonly found: readonly Priced[]; readonly unjudged: Judged["unjudged"] }> {
  if (prices) {
    // The price book is loaded only here.
    const { valued } = await import("./money.ts");
    const priced = await valued(context, found, resourceIndex(resources));
    return { found: priced.found, unjudged: [...unjudged, ...priced.unjudged] };
  }
  const says = "whether it would cost less is told by prices, which --no-prices does not ask for";
  const changes = found.filter(({ rule }) => rule.saves.kind === "change");
  return {
    found: found.filter((each) => !changes.includes(each)),
    unjudged: [
      ...unjudged,
      ...changes.map(({ rule, resource }) => ({
        ...{ rule: rule.id, target: targetOf(resource), kind: "unpriced" as const, says },
      })),
    ],
  };
}

/** Why nothing is recommended of a resource; undefined = nothing speaks against it. */
async function protectionIn(context: VerbContext): Promise<(resource: ScannedResource) => string | undefined> {
  const { connection, clock, guards } = context;
  const held = heldBy(await knownRecords(context, connection.account));
  const now = clock.now();
  return (resource) => {
    const record = held.get(resource.arn);
    if (record !== undefined) return `it is paused, in the armed record ${record}`;
    const quarantine = resource.tags[QUARANTINE_TAG];
    if (quarantine !== undefined) return `it is in quarantine (${QUARANTINE_TAG}=${quarantine})`;
    return protectionOf(resource, guards?.protect ?? [], now);
  };
}

function findingOf({ rule, resource, reason, money }: Priced, why: string | undefined): Finding {
  const facts = factsOf(resource.type);
  if (!facts) throw new EvenkeelError("BUG", `found one of a type without facts: ${resource.type}`);
  return {
    rule,
    target: targetOf(resource),
    facts,
    reason,
    ...(money ? { money } : {}),
    ...(why === undefined ? { command: rule.command(resource) } : { protected: why }),
  };
}

/** What is not wholly priced may come to more than is known of it. */
function isEnough({ money }: Finding, min: Amount | undefined): boolean {
  if (min === undefined || money?.hour === undefined || money.unpriced.length > 0) return true;
  return sign(minus(rate(money.hour).month, min)) >= 0;
}
