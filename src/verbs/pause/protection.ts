import { factsOf } from "../../catalog/registry.ts";
import { protectionOf } from "../../engine/protect-rules.ts";
import { scan } from "../../engine/scan/scan.ts";
import { type Coverage, coverageIndex, provesAbsence } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { type Redact, redactor } from "../../model/redact.ts";
import type { Link, Resource } from "../../model/resource.ts";
import { type FindResource, resourceIndex } from "../../model/resource-index.ts";
import type { Selection } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";

/** Why a resource is kept out of the plan whatever else is true of it; undefined = nothing protects it. */
export type Protected = (resource: Resource) => string | undefined;

/** What was seen of an account, as far as protection goes. */
interface Seen {
  readonly resources: readonly Resource[];
  readonly coverage: Coverage;
}

/**
 * Protection by tags and rules, of a resource itself and of what it owns: stopping a cluster stops its members. What it owns may be
 * outside of the selection, so that is read besides.
 */
export async function protectionIn(
  context: VerbContext,
  seen: Seen,
  { selection, redact, kept }: { readonly selection: Selection; readonly redact: Redact; readonly kept?: Protected },
): Promise<Protected> {
  const { connection, host, clock, signal, guards } = context;
  const find = resourceIndex(seen.resources);
  const types = [...new Set(seen.resources.flatMap((each) => strangers(each, find)).map(({ type }) => type))];
  const now = clock.now();
  const reasonOf: Protected = (each) => protectionOf(each, guards?.protect ?? [], now) ?? kept?.(each);
  if (types.length === 0) return protectedBy(seen, reasonOf);
  const wide = { types, regions: selection.regions };
  const others = await scan({ connection, selection: wide, redact, host, clock, signal });
  const coverage = [...seen.coverage.filter(({ type }) => !types.includes(type)), ...others.coverage];
  return protectedBy({ resources: [...seen.resources, ...others.resources], coverage }, reasonOf);
}

/** What a resource stops with itself when it is paused. */
function ownedBy({ type, links }: Resource): Link[] {
  if (!factsOf(type)?.pause) return [];
  return links.filter((link) => link.kind === "owns" && factsOf(link.type)?.pause);
}

function strangers(owner: Resource, find: FindResource): Link[] {
  return ownedBy(owner).filter(({ type, to }) => !find(type, owner.region, to));
}

/** The same protection, of what a resource owns, too. */
function protectedBy({ resources, coverage }: Seen, reasonOf: Protected): Protected {
  const statusOf = coverageIndex(coverage);
  const find = resourceIndex(resources);
  return (resource) => {
    const own = reasonOf(resource);
    if (own) return own;
    for (const link of ownedBy(resource)) {
      const owned = find(link.type, resource.region, link.to);
      const reason = owned && reasonOf(owned);
      if (reason) return `it owns ${link.to}: ${reason}`;
      if (!owned && !provesAbsence(statusOf(link.type, resource.region)))
        return `it owns ${link.to}, and whether that is protected could not be read`;
    }
    return undefined;
  };
}

/**
 * Tags may have been set since a plan was written.
 * @throws EvenkeelError REFUSED when a resource that the plan would change is protected now, or can't be read
 */
export async function refuseProtected(context: VerbContext, { steps }: Plan): Promise<void> {
  const { connection, store, host, clock, signal } = context;
  const [types, regions] = [steps.map(({ target }) => target.type), steps.map(({ target }) => target.region)];
  const selection = { types: [...new Set(types)], regions: [...new Set(regions)] };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  const protection = await protectionIn(context, seen, { selection, redact });
  const statusOf = coverageIndex(seen.coverage);
  const byArn = new Map(seen.resources.map((each) => [each.arn, each]));
  for (const { target } of steps) {
    const resource = byArn.get(target.arn);
    const isGone = !resource && provesAbsence(statusOf(target.type, target.region));
    const why = resource ? protection(resource) : isGone ? undefined : "whether it is protected could not be read";
    if (why === undefined) continue;
    throw new EvenkeelError("REFUSED", `guard protect keeps ${target.name ?? target.id}: ${why}`, {
      hint: "make a new plan, which leaves it out; or take the tag or the rule away",
      state: "nothing was changed",
    });
  }
}
