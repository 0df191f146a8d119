import { UNPROTECT } from "../../catalog/contract.ts";
import { identityOf } from "../../engine/removable.ts";
import { instant } from "../../model/brand.ts";
import { sha256 } from "../../model/canonical.ts";
import type { JsonObject } from "../../model/json.ts";
import { type Step, targetOf } from "../../model/plan.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { Fates } from "./fates.ts";
import type { Candidate, RemovalPolicy } from "./plan.ts";

/** The steps of one resource: a copy, what must be done first, and the removal itself. */
export interface Parts {
  readonly resource: Resource;
  readonly first: readonly Prior[];
  readonly last: Step;
}

/** A step before a removal, with what the preparation's facts say of its order. */
interface Prior {
  readonly step: Step;
  readonly releases: readonly ResourceType[];
  readonly waitsFor: readonly ResourceType[];
}

/** @throws TypeError for one that has no step: fates leave it out */
export function partsOf(candidate: Candidate, policy: RemovalPolicy): Parts {
  const { resource, facts, found } = candidate;
  const { removal } = facts;
  if (!removal || !found || found === "gone" || "unread" in found) throw new TypeError(`no step for ${resource.arn}`);
  const { state } = found;
  const { preparations = {}, backup, iam } = removal;
  const backsUp = backup !== undefined && !policy.noBackup.has(resource.type);
  const name = backupName(resource.id, policy.now);
  const step = (
    id: string,
    operation: Step["operation"],
    how: string,
    { iam: own = [], ...more }: Partial<Step>,
  ): Step => ({
    id: `${id} ${resource.arn}`,
    operation,
    target: targetOf(resource),
    says: `${facts.title} ${resource.name ?? resource.id}: ${how}`,
    reason: candidate.reason,
    stage: 0,
    expects: identityOf(found),
    saves: {},
    after: [],
    loses: [],
    risks: [],
    iam: [...new Set([...facts.iam.read, ...iam.inspect, ...own])].sort(),
    ...more,
  });
  const copies = backsUp && iam.backup ? [{ saves: { backup: name }, iam: iam.backup }] : [];
  const copy = copies.map((more): Prior => {
    return { step: step("back-up", "back-up", `${backup} is made`, more), releases: [], waitsFor: [] };
  });
  const needed = state.guardedBy ? [UNPROTECT, ...(state.needs ?? [])] : (state.needs ?? []);
  const prepared = needed.map((way): Prior => {
    const preparation = preparations[way];
    if (!preparation) throw new TypeError(`${facts.type} has no preparation ${way}`);
    const { how, releases = [], waitsFor = [], iam: own } = preparation;
    return { step: step(`prepare-${way}`, "prepare", how, { way, iam: own }), releases, waitsFor };
  });
  const saves: JsonObject = backsUp && !iam.backup ? { finalSnapshot: name } : {};
  const kept = backsUp && !iam.backup ? `${removal.how}, with ${backup}` : removal.how;
  const words = [...removal.loses, ...(state.loses ?? [])];
  const loses = backup !== undefined && !backsUp ? [...words, `no ${backup.replace(/^an? /, "")} is made`] : words;
  return {
    resource,
    first: [...copy, ...prepared],
    last: step("remove", "remove", kept, { saves, loses, iam: iam.remove }),
  };
}

/** A name that RDS, EC2, Redshift and DynamoDB all take, and that no other plan's has. */
function backupName(id: string, now: number): string {
  const stamp = instant(now).replaceAll(/\D/g, "").slice(0, 14);
  const plain = id.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  // What is cut off, or written in other characters, must still tell it from its neighbours.
  const short = plain === id && id.length <= 36 ? id : `${plain.slice(0, 29)}-${sha256(id).slice(0, 6)}`;
  return `evenkeel-${short}-${stamp}`.replaceAll(/-{2,}/g, "-");
}

/** Each step after its users' and its members' removal, or after what makes them let go of it. */
export function inOrder({ resource, first, last }: Parts, fates: Fates, parts: ReadonlyMap<string, Parts>): Step[] {
  const before = (except: readonly ResourceType[]) =>
    fates.before(resource.arn).flatMap(({ arn, type, inner }): string[] => {
      const other = parts.get(arn);
      if (!other || other === parts.get(resource.arn) || except.includes(type)) return [];
      // What a user goes along with is removed as a whole; a user that is a step of its own may let go earlier.
      const release = inner ? undefined : other.first.find(({ releases }) => releases.includes(resource.type));
      return [(release?.step ?? other.last).id];
    });
  const done: string[] = [];
  const ordered = first.map(({ step, releases, waitsFor }): Step => {
    const beside = fates.beside(resource.arn, waitsFor).flatMap((arn) => parts.get(arn)?.last.id ?? []);
    const after = [...new Set([...before(releases), ...beside, ...done])].sort();
    done.push(step.id);
    return { ...step, after };
  });
  return [...ordered, { ...last, after: [...new Set([...before([]), ...done])].sort() }];
}
