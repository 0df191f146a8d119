import pLimit from "p-limit";
import { factsOf } from "../../catalog/registry.ts";
import { readScope } from "../../catalog/scope.ts";
import { apply, type Outcomes } from "../../engine/apply.ts";
import type { Journal, JournalLine } from "../../engine/journal.ts";
import { pauseExecutor, pauseOf } from "../../engine/pause-executor.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { GLOBAL, instant } from "../../model/brand.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource, ScannedResource } from "../../model/resource.ts";
import { journalPath, listRecords, type PauseRecord, writeRecord } from "../../store/records.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { type Candidate, planPause } from "./plan.ts";

export interface PauseRequest {
  readonly selection: RawSelection;
  /** Pause besides what an armed record holds. */
  readonly extend: boolean;
}

/** States read at once; the governor sets the pace. */
const AT_ONCE = 64;

/**
 * Looks at the account and plans its pause. Changes nothing.
 * @throws EvenkeelError REFUSED when a record is armed and `extend` is not asked for; USAGE, UNKNOWN_TYPE before any call
 */
export async function preparePause(context: VerbContext, request: PauseRequest): Promise<Plan> {
  const { connection, store, host, clock, signal } = context;
  const { account, partition } = connection;
  const select = parseSelection(request.selection);
  const armed = (await listRecords(store, account)).filter((each) => each.armed);
  if (armed.length > 0 && !request.extend)
    throw isArmed(armed.map((each) => (each.kind === "readable" ? each.record.id : each.id)));
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const all = select(regionsNamed ? [] : await connection.enabledRegions());
  const types = all.types.filter((type) => factsOf(type)?.pause ?? factsOf(type)?.noStop);
  const selection = { ...all, types };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  tellUnseen(context, incomplete(seen.coverage));
  const limit = pLimit(AT_ONCE);
  const candidates = await Promise.all(seen.resources.map((resource) => limit(() => candidate(context, resource))));
  const held = armed.flatMap((each) =>
    each.kind === "readable" ? each.record.plan.steps.map(({ target }) => target.arn as string) : [],
  );
  return planPause(candidates, {
    account,
    partition,
    selection,
    coverage: seen.coverage,
    now: clock.now(),
    caller: connection.caller,
    armed: new Set(held),
  });
}

/** Saves what was, then does what the plan says and nothing else. */
export async function executePause(
  context: VerbContext,
  plan: Plan,
  expiresAt: number,
): Promise<{ record: PauseRecord; outcomes: Outcomes }> {
  const { connection, store, host, clock, signal } = context;
  refuseStale(plan, connection.account, clock.now());
  const record: PauseRecord = {
    id: plan.id.replace(/^p-/, "r-"),
    createdAt: instant(clock.now()),
    expiresAt: instant(expiresAt),
    plan,
  };
  await refuseHeld(context, plan);
  const journal = journalOf(context, record);
  // Before the record: an empty journal then means a lost one, and never that nothing was begun.
  await journal.write({
    kind: "begin",
    at: instant(clock.now()),
    plan: plan.digest,
    caller: connection.caller,
    from: "command line",
  });
  await writeRecord(store, record);
  const executor = pauseExecutor(connection, new AbortController().signal);
  const outcomes = await apply(plan, { executor, journal, host, clock, stop: signal });
  await journal.write({ kind: "end", at: instant(clock.now()) });
  return { record, outcomes };
}

/** A plan may have lain while something else was paused. @throws EvenkeelError REFUSED when an armed record holds one of its resources */
async function refuseHeld({ store, connection }: VerbContext, { steps }: Plan): Promise<void> {
  const held = new Map(
    (await listRecords(store, connection.account)).flatMap((each) =>
      each.kind === "readable" && each.armed
        ? each.record.plan.steps.map(({ target }) => [target.arn as string, each.record.id] as const)
        : [],
    ),
  );
  const twice = steps.find(({ target }) => held.has(target.arn));
  if (!twice) return;
  throw new EvenkeelError(
    "REFUSED",
    `${twice.target.id} is in the armed record ${held.get(twice.target.arn)} already`,
    {
      hint: "`evenkeel resume` puts it back; then make a new plan",
      state: "nothing was changed",
    },
  );
}

/** The journal of a record: one line on disk before the next change. */
export function journalOf({ store }: Pick<VerbContext, "store">, { id, plan }: PauseRecord): Journal {
  return { write: (line: JournalLine) => store.append(journalPath(plan.account, id), JSON.stringify(line)) };
}

/** @throws EvenkeelError REFUSED for another account's plan or after its expiry */
export function refuseStale(plan: Plan, account: string, now: number): void {
  const refuse = (why: string) =>
    new EvenkeelError("REFUSED", why, { hint: "make a new plan", state: "nothing was changed" });
  if (plan.account !== account) throw refuse(`the plan is of account ${plan.account}, not of ${account}`);
  if (now > Date.parse(plan.expiresAt)) throw refuse(`the plan has expired at ${plan.expiresAt}`);
}

async function candidate({ connection, signal }: VerbContext, scanned: ScannedResource): Promise<Candidate> {
  const { observed: _, ...resource } = scanned;
  const facts = factsOf(resource.type);
  if (!facts) throw new EvenkeelError("BUG", `scanned a type without facts: ${resource.type}`);
  if (!facts.pause) return { resource, facts };
  try {
    const pause = await pauseOf(resource.type);
    const state = await pause.capture(readScope(connection, regionOf(resource, connection), { signal }), resource.id);
    return state
      ? { resource, facts, found: { state, eligible: pause.eligible(state, resource) } }
      : { resource, facts };
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { resource, facts, found: { unread: error.message } };
  }
}

/** What was not seen goes on running and costing: a person must not take the plan for the whole account. */
function tellUnseen({ host }: VerbContext, cells: readonly CoverageCell[]): void {
  if (cells.length === 0) return;
  const [first] = cells;
  const actions = [...new Set(cells.flatMap(({ action }) => action ?? []))].sort();
  host.tell({
    kind: "warning",
    text: `${cells.length} listings could not be completely read, the first ${first?.type} in ${first?.region}: what is there is not in the plan`,
    ...(actions.length > 0 ? { hint: `missing IAM actions: ${actions.join(", ")}` } : {}),
  });
}

function regionOf({ region }: Resource, connection: VerbContext["connection"]) {
  return region === GLOBAL ? connection.globalRegion : region;
}

function isArmed(ids: readonly string[]): EvenkeelError {
  return new EvenkeelError(
    "REFUSED",
    `something is paused already (${ids.join(", ")}): a second pause could save the paused state as the good one`,
    {
      hint: "`evenkeel resume` puts it back; `evenkeel pause --extend` pauses more beside it",
      state: "nothing was changed",
    },
  );
}
