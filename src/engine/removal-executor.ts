import type { Connection } from "../aws/connection.ts";
import { type Found, type Removal, type RemovalState, UNPROTECT } from "../catalog/contract.ts";
import { orGone } from "../catalog/reading.ts";
import { factsOf, loadEntry } from "../catalog/registry.ts";
import { toResource } from "../catalog/resource.ts";
import { readScope, writeScope } from "../catalog/scope.ts";
import { GLOBAL } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { valuesAt } from "../model/path.ts";
import { type Plan, reachOf, type Step, type Target } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";
import { difference, type Executor, type LiveState } from "./apply.ts";
import { type Looking, lookingAround } from "./look-around.ts";
import { protectionOf } from "./protect-rules.ts";
import type { Relations } from "./relations.ts";

/** A resource just read, as far as removing goes. */
export interface Removable {
  readonly found: Found;
  readonly resource: Resource;
  readonly state: RemovalState;
}

/** Reads one now. Undefined = gone. @throws EvenkeelError BUG when its type can't be removed: planners ask the facts first */
export async function readRemovable(looking: Looking, target: Target): Promise<Removable | undefined> {
  const { connection, redact, signal } = looking;
  const [facts, removal] = [factsOf(target.type), await removalOf(target)];
  if (!facts) throw new EvenkeelError("BUG", `no facts of ${target.type}`);
  const region = regionOf(connection, target);
  const scope = readScope(connection, region, { signal });
  const found = await (await loadEntry(target.type)).read(scope, target.id);
  if (!found) return undefined;
  const { account, partition } = connection;
  const { observed: _, ...resource } = toResource(facts, found, { account, partition, region, redact });
  // It may go between the two readings.
  const state = await orGone(Promise.resolve(removal.inspect(found, scope)));
  return state && { found, resource, state };
}

/** What must be as the plan found it: what tells a resource from another of its name, and its tags, which may protect it. */
export function identityOf({ resource, state }: Pick<Removable, "resource" | "state">): JsonObject {
  const { createdAt, tags } = resource;
  return { ...(createdAt ? { createdAt } : {}), tags, ...state.identity };
}

/** Whether a service has made it for itself, and takes it away again when what it serves is gone. */
export function isServiceManaged({ type, configuration }: Resource): boolean {
  const path = factsOf(type)?.removal?.serviceManaged;
  return path !== undefined && valuesAt(configuration, path)[0] === true;
}

export function regionOf(connection: Connection, { region }: Pick<Target, "region">) {
  return region === GLOBAL ? connection.globalRegion : region;
}

async function removalOf({ type }: Target): Promise<Removal> {
  const { removal } = await loadEntry(type);
  if (!removal) throw new EvenkeelError("BUG", `${type} has no removal ability`);
  return removal;
}

/** All that a plan removes, as steps or along with them. What it only puts into quarantine stays for now. */
function leavingWith(plan: Plan): ReadonlySet<string> {
  return reachOf(plan, ["back-up", "prepare", "remove"]);
}

const GONE: LiveState = { phase: "done", state: {}, words: "gone" };
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

/**
 * Carries out the steps of removals. Before each it is looked at again who uses the resource, who owns it, and what would
 * go with it: what the plan did not know of keeps it.
 * @param heldMs how long what something still holds is tried again; absent = as long as the type's patience lasts
 */
export function removalExecutor(looking: Looking, plan: Plan, heldMs?: number): Executor {
  const { connection, clock } = looking;
  const around = lookingAround(looking);
  const leaving = leavingWith(plan);
  const acted = new Set<string>();
  const patienceMs = ({ target, patienceMinutes }: Step) =>
    (patienceMinutes ?? factsOf(target.type)?.removal?.patienceMinutes ?? 10) * 60_000;

  async function ready(step: Step, now: Removable): Promise<LiveState> {
    const state = identityOf(now);
    const { words = "there" } = now.state;
    // What was begun is only waited for: looking around at each poll would cost as much as all the rest.
    if (acted.has(step.id)) return { phase: "ready", state, words };
    const refusal =
      now.state.refuses ??
      guarded(step, now) ??
      protectionOf(now.resource, [], clock.now()) ??
      heldBy(now.resource, await around(step.target), leaving);
    return { phase: "ready", state, words, ...(refusal ? { refusal } : {}) };
  }

  async function look(step: Step): Promise<LiveState | undefined> {
    const { operation, target, way = "" } = step;
    const now = await readRemovable(looking, target);
    if (!now) return operation === "back-up" ? undefined : GONE;
    if (operation === "back-up") {
      const scope = readScope(connection, regionOf(connection, target), { signal: looking.signal });
      const phase = await (await removalOf(target)).backup?.look(scope, target.id, backupName(step));
      if (phase !== "none") return { phase: phase ?? "done", state: identityOf(now), words: `backup ${phase}` };
    }
    if (now.state.leaving) {
      if (operation === "prepare") return { ...GONE, words: "leaving" };
      return { phase: "moving", state: identityOf(now), words: now.state.words ?? "being deleted" };
    }
    if (operation === "prepare" && !isNeeded(way, now.state))
      return { phase: "done", state: identityOf(now), words: "not needed any more" };
    return ready(step, now);
  }

  async function act(step: Step, heard: (requestId: string) => void): Promise<void> {
    const { operation, target, way = "" } = step;
    const removal = await removalOf(target);
    const scope = writeScope(connection, regionOf(connection, target), { signal: looking.signal }, heard);
    const now = await readRemovable(looking, target);
    acted.add(step.id);
    if (!now) return;
    // The name may be another resource's since the look.
    const changed = difference(step.expects, identityOf(now));
    if (changed) throw new EvenkeelError("REFUSED", changed);
    if (operation === "back-up") await removal.backup?.take(scope, now.found, backupName(step));
    else if (operation === "prepare") await removal.prepare?.(scope, now.found, way);
    else await removal.remove(scope, now.found, finalSnapshot(step));
  }

  /** Waiting may take most of an hour, in which somebody can begin to use it. */
  async function refuseNewUsers(step: Step): Promise<void> {
    const now = await readRemovable(looking, step.target);
    const refusal = now && heldBy(now.resource, await around(step.target), leaving);
    if (refusal) throw new EvenkeelError("REFUSED", refusal);
  }

  return {
    look,
    patienceMs,
    async act(step, heard) {
      const deadline = clock.now() + (heldMs ?? patienceMs(step));
      for (let wait = FIRST_RETRY_MS; ; wait = Math.min(LAST_RETRY_MS, wait * 2)) {
        try {
          return await act(step, heard);
        } catch (error) {
          if (isError(error, "NOT_FOUND")) return;
          if (!isError(error) || !error.details.isHeld) throw error;
          if (clock.now() >= deadline) throw await heldError(error, step, around);
          await clock.sleep(wait);
          await refuseNewUsers(step);
        }
      }
    },
  };
}

function backupName({ saves }: Step): string {
  return String(saves.backup ?? "");
}

function finalSnapshot({ saves }: Step): string | undefined {
  return typeof saves.finalSnapshot === "string" ? saves.finalSnapshot : undefined;
}

function isNeeded(way: string, { needs = [], guardedBy }: RemovalState): boolean {
  return way === UNPROTECT ? guardedBy !== undefined : needs.includes(way);
}

/** Its own `unprotect` step is there for that; any other waits until it is off. */
function guarded({ operation, way }: Step, { state }: Removable): string | undefined {
  if (state.guardedBy === undefined || operation === "back-up" || way === UNPROTECT) return undefined;
  return `its ${state.guardedBy} is on`;
}

/** Who uses or owns it, or would go with it, and does not leave by this plan; undefined = nobody, and all were seen. */
export function heldBy(resource: Resource, relations: Relations, leaving: ReadonlySet<string>): string | undefined {
  const { arn } = resource;
  const doubt = relations.doubtOf(resource);
  if (doubt) return doubt;
  const stays = (other: string) => !leaving.has(other);
  const user = [...relations.usersOf(arn)].find((each) => stays(each) && !leavesByItself(relations, each));
  if (user) return `${user} uses it since the plan was made`;
  const owner = relations.ownersOf(arn).find(({ owner: each, how }) => how !== "along" && stays(each));
  if (owner) return `${owner.owner} owns it since the plan was made`;
  const below = relations.belowOf(arn);
  const owned = below.find(stays);
  if (owned) return `it would take ${owned} along since the plan was made`;
  return below.flatMap((each) => whyPartStays(each, relations, stays) ?? [])[0];
}

/** Who uses something that would go along, which its owner's service does not ask. */
function whyPartStays(arn: string, relations: Relations, stays: (arn: string) => boolean): string | undefined {
  const part = relations.resource(arn);
  const doubt = part && relations.partDoubtOf(part);
  if (doubt) return `it would take ${arn} along: ${doubt}`;
  const user = [...relations.usersOf(arn)].find((each) => stays(each) && !leavesByItself(relations, each));
  return user ? `it would take ${arn} along, and ${user} uses that since the plan was made` : undefined;
}

function leavesByItself(relations: Relations, arn: string): boolean {
  const resource = relations.resource(arn);
  return resource !== undefined && isServiceManaged(resource);
}

/** AWS says that something holds it; who that is, as far as can be seen. */
async function heldError(
  error: EvenkeelError,
  { target }: Step,
  around: (target: Target) => Promise<Relations>,
): Promise<EvenkeelError> {
  const relations = await around(target);
  const holders = [...relations.usersOf(target.arn)];
  const said = holders.length > 0 ? `it is held by ${holders.join(", ")}` : "what holds it can't be seen";
  return new EvenkeelError(error.code, `${error.message}; ${said}`, error.details);
}
