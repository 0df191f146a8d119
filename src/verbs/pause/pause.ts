import { factsOf } from "../../catalog/registry.ts";
import type { Outcomes } from "../../engine/apply.ts";
import { refuseBreaches } from "../../engine/guards.ts";
import { applyRun, beginRun, endRun, type Pace } from "../../engine/run.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { instant } from "../../model/brand.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { OnExpiry, PauseRecord } from "../../store/record-text.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { arm, recordIdOf, refuseHeld } from "../records/held.ts";
import { knownRecords } from "../records/known.ts";
import { backUp, beforeChanges } from "../records/save.ts";
import { keptBy, type Mode } from "./modes.ts";
import { planSeen } from "./plan-seen.ts";
import { parseWays } from "./ways.ts";

export interface PauseRequest {
  readonly selection: RawSelection;
  /** Pause besides what an armed record holds. */
  readonly extend: boolean;
  /** Look up what it costs and saves: a plan without is as good, and quicker. */
  readonly prices?: boolean;
  /** `TYPE=WAY`: types that are not paused in the usual way. */
  readonly ways?: readonly string[];
  /** What goes on running whatever the selection says. */
  readonly mode?: Mode;
}

/**
 * Looks at the account and plans its pause. Changes nothing.
 * @throws EvenkeelError REFUSED when a record is armed and `extend` is not asked for; USAGE, UNKNOWN_TYPE before any call
 */
export async function preparePause(context: VerbContext, request: PauseRequest): Promise<Plan> {
  const { connection, store, host, clock, signal } = context;
  const { account } = connection;
  const { prices } = request;
  const select = parseSelection(request.selection);
  const ways = parseWays(request.ways ?? []);
  const kept = request.mode && keptBy(request.mode);
  const armed = (await knownRecords(context, account)).filter((each) => each.armed);
  if (armed.length > 0 && !request.extend) throw isArmed(armed.map(({ id }) => id));
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const all = select(regionsNamed ? [] : await connection.enabledRegions());
  const types = all.types.filter((type) => factsOf(type)?.pause ?? factsOf(type)?.noStop);
  const selection = { ...all, types };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  tellUnseen(context, incomplete(seen.coverage));
  return planSeen(context, seen, { selection, resources: seen.resources, redact, armed, ways, kept, prices });
}

/** What a pause has done. */
export interface Paused {
  readonly record: PauseRecord;
  readonly run: string;
  readonly outcomes: Outcomes;
}

export interface PauseOptions extends Pace {
  /** Absent = remind. */
  readonly onExpiry?: OnExpiry | undefined;
}

/**
 * Saves what was, then does what the plan says and nothing else.
 * @throws EvenkeelError STORE_FAILED before the first change when the record, its backup or the journal can't be written
 */
export async function executePause(
  context: VerbContext,
  plan: Plan,
  expiresAt: number,
  { onExpiry, ...pace }: PauseOptions = {},
): Promise<Paused> {
  const { connection, clock } = context;
  refuseStale(plan, connection.account, clock.now());
  // A record that holds nothing would stay armed and keep the next pause from beginning.
  if (plan.steps.length === 0)
    throw new EvenkeelError("REFUSED", "there is nothing to pause in the plan", { state: "nothing was changed" });
  const record: PauseRecord = {
    id: recordIdOf(plan),
    createdAt: instant(clock.now()),
    expiresAt: instant(expiresAt),
    ...(onExpiry ? { onExpiry } : {}),
    plan,
  };
  const run = await beforeChanges(async () => {
    await refuseHeld(context, plan);
    refuseBreaches(plan, context.guards);
    await backUp(context, record);
    // An armed record of a pause that was cancelled before it began would keep the next one from beginning.
    context.signal.throwIfAborted();
    const { plan: _, createdAt: __, ...told } = record;
    // Before the record: an empty journal then means a lost one, and never that nothing was begun.
    const begun = await beginRun(context, { plan, record: told });
    await arm(context, record);
    return begun;
  });
  const outcomes = await applyRun(context, run, pace);
  await endRun(context, run, outcomes);
  return { record, run: run.head.run, outcomes };
}

/** @throws EvenkeelError REFUSED for another account's plan or after its expiry */
export function refuseStale(plan: Plan, account: string, now: number): void {
  const refuse = (why: string) =>
    new EvenkeelError("REFUSED", why, { hint: "make a new plan", state: "nothing was changed" });
  if (plan.account !== account) throw refuse(`the plan is of account ${plan.account}, not of ${account}`);
  if (now > Date.parse(plan.expiresAt)) throw refuse(`the plan has expired at ${plan.expiresAt}`);
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
