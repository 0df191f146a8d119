import { factsOf } from "../../catalog/registry.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseDate, parseSelection, type RawSelection } from "../../engine/selection.ts";
import type { AccountId } from "../../model/brand.ts";
import type { Coverage } from "../../model/coverage.ts";
import type { ChangeKind } from "../../model/delta.ts";
import type { PropertyRules } from "../../model/property-rules.ts";
import { redactor } from "../../model/redact.ts";
import type { Selection } from "../../model/selection.ts";
import type { SnapshotHeader } from "../../model/snapshot.ts";
import { secretKey } from "../../store/secret-key.ts";
import { type OpenSnapshot, openBaseline, openSnapshot } from "../../store/snapshots.ts";
import type { OfflineContext, VerbContext } from "../context.ts";
import { type Merged, mergeDelta } from "./merge.ts";
import { narrow } from "./narrow.ts";
import type { DeltaResult } from "./result.ts";
import { scanFor } from "./scope.ts";
import type { Input, LiveScan } from "./side.ts";
import { nameCreators } from "./who.ts";

export interface DeltaRequest {
  /** Absent = the active one. */
  readonly snapshot?: string;
  /** Narrows what is scanned (types, regions) and shown (the rest). */
  readonly selection: RawSelection;
  /** A stored snapshot instead of a scan. */
  readonly to?: string;
  /** Leaves out what was created before. */
  readonly since?: string;
  readonly changes?: readonly ChangeKind[];
  /** Ask CloudTrail who created what was added. */
  readonly who?: boolean;
}

/**
 * What changed since a snapshot.
 * @throws EvenkeelError NO_BASELINE, NO_SNAPSHOT, CORRUPT_SNAPSHOT, OTHER_ACCOUNT; USAGE and UNKNOWN_TYPE before any call
 */
export async function delta(context: VerbContext, request: DeltaRequest): Promise<DeltaResult> {
  const { connection, store } = context;
  const select = parseSelection(request.selection);
  const since = parseDate("--since", request.since);
  const baseline = await openOr(store, connection.account, request.snapshot);
  const { header } = baseline;
  const wanted = select(header.selection.regions);
  tellNeverSeen(context, header, request.selection, wanted);
  const other: Input = request.to
    ? { kind: "snapshot", snapshot: await openSnapshot(store, connection.account, request.to) }
    : { kind: "live", scan: await rescan(context, baseline, wanted) };
  const merged = await mergeDelta({ kind: "snapshot", snapshot: baseline }, other, rulesOf);
  tellLeftOut(context, merged);
  const narrowed = narrow(merged, { selection: wanted, since, changes: request.changes });
  return request.who ? nameCreators(context, narrowed) : narrowed;
}

/** What changed between two stored snapshots, without any call. */
export async function diffSnapshots(
  context: OfflineContext & { readonly account: AccountId },
  before: string,
  after: string,
): Promise<DeltaResult> {
  const { store, account } = context;
  const [was, is] = [await openSnapshot(store, account, before), await openSnapshot(store, account, after)];
  const merged = await mergeDelta({ kind: "snapshot", snapshot: was }, { kind: "snapshot", snapshot: is }, rulesOf);
  tellLeftOut(context, merged);
  return merged;
}

function openOr(store: VerbContext["store"], account: AccountId, name: string | undefined): Promise<OpenSnapshot> {
  return name === undefined ? openBaseline(store, account) : openSnapshot(store, account, name);
}

/** A baseline against the account as it is now: all of it, and as far as it is wanted. */
export async function compareLive(
  context: VerbContext,
  baseline: OpenSnapshot,
  raw: RawSelection,
): Promise<{
  readonly wanted: Selection;
  readonly whole: DeltaResult;
  readonly narrowed: DeltaResult;
  readonly coverage: Coverage;
}> {
  const { header } = baseline;
  const wanted = parseSelection(raw)(header.selection.regions);
  tellNeverSeen(context, header, raw, wanted);
  const live = await rescan(context, baseline, wanted);
  const whole = await mergeDelta({ kind: "snapshot", snapshot: baseline }, { kind: "live", scan: live }, rulesOf);
  tellLeftOut(context, whole);
  return {
    wanted,
    whole,
    narrowed: narrow(whole, { selection: wanted, since: undefined, changes: undefined }),
    coverage: live.coverage,
  };
}

/** Looks again where the baseline looked, as far as it is wanted. */
async function rescan(context: VerbContext, { header }: OpenSnapshot, wanted: Selection): Promise<LiveScan> {
  const { connection, store, host, clock, signal } = context;
  const looked = scanFor(header.selection);
  const selection = {
    types: looked.types.filter((type) => wanted.types.includes(type) && factsOf(type) !== undefined),
    regions: looked.regions.filter((region) => wanted.regions.includes(region)),
  };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  return { ...seen, name: "live", account: connection.account, selection };
}

/** Asking for what a baseline never looked for must not read as "nothing changed there". */
function tellNeverSeen({ host }: OfflineContext, header: SnapshotHeader, raw: RawSelection, wanted: Selection): void {
  const types = raw.type?.length ? wanted.types.filter((type) => !header.selection.types.includes(type)) : [];
  const regions = wanted.regions.filter((region) => !header.selection.regions.includes(region));
  for (const unseen of [...types, ...regions])
    host.tell({
      kind: "warning",
      text: `snapshot ${header.name} never looked for ${unseen}: nothing can be said of it`,
      hint: "make a baseline that does: `evenkeel snapshot create`",
    });
}

/** A type that this version no longer knows has no volatile fields to forget. */
const NO_RULES: PropertyRules = { volatile: [], secret: [], unordered: [] };

function rulesOf(type: string): PropertyRules {
  return factsOf(type) ?? NO_RULES;
}

function tellLeftOut({ host }: OfflineContext, { outOfScope, undated }: Merged): void {
  if (outOfScope > 0)
    host.tell({
      kind: "detail",
      text: `${outOfScope} resources on one side were never looked for on the other: out of scope`,
    });
  if (undated > 0)
    host.tell({
      kind: "warning",
      text: `nothing can be said of ${undated} resources: a date filter is set and AWS tells no creation date for them`,
    });
}
