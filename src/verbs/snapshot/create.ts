import { refuseForeignRegions } from "../../engine/regions.ts";
import { type Scan, scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { instant } from "../../model/brand.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource } from "../../model/resource.ts";
import { SNAPSHOT_SCHEMA, type SnapshotSummary } from "../../model/snapshot.ts";
import { VERSION } from "../../model/version.ts";
import { secretKey } from "../../store/secret-key.ts";
import { findSnapshot } from "../../store/snapshot-files.ts";
import { refuseExisting, writeSnapshot } from "../../store/snapshot-writer.ts";
import { setActive } from "../../store/snapshots.ts";
import type { VerbContext } from "../context.ts";

export interface CreateSnapshot {
  /** Absent = named after the time it was begun. */
  readonly name?: string;
  readonly selection: RawSelection;
  readonly metadata: Readonly<Record<string, string>>;
  readonly setActive: boolean;
  /** False = only when it is large. */
  readonly compress: boolean;
}

export interface CreatedSnapshot {
  readonly summary: SnapshotSummary;
  /** What was not completely seen. */
  readonly incomplete: readonly CoverageCell[];
  /** How many resources have parts that could not be read. */
  readonly dim: number;
}

/**
 * Scans the account and stores what it saw, whole or not at all.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE before any call; SNAPSHOT_EXISTS before the scan; NOTHING_SEEN when every
 * listing failed
 */
export async function createSnapshot(context: VerbContext, request: CreateSnapshot): Promise<CreatedSnapshot> {
  const { connection, store, host, clock, signal } = context;
  const { account, partition } = connection;
  const select = parseSelection(request.selection);
  const name = request.name ?? nameAt(clock.now());
  await refuseExisting(store, { account, name });

  await refuseForeignRegions(connection, request.selection.regions);
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const selection = select(regionsNamed ? [] : await connection.enabledRegions());
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  const missing = incomplete(seen.coverage);
  if (missing.length > 0 && missing.length === seen.coverage.length) throw nothingSeen(missing);

  const { startedAt, finishedAt, coverage, undated } = seen;
  const scanned = { regions: selection.regions, selection, startedAt, finishedAt, coverage, undated };
  const named = { schema: SNAPSHOT_SCHEMA, name, account, partition, metadata: request.metadata } as const;
  const draft = { ...named, ...scanned, tool: `evenkeel ${VERSION}` };
  const header = await writeSnapshot(store, draft, seen.resources, request.compress ? { compress: true } : {});
  if (request.setActive) await setActive(store, account, name);
  const dim = seen.resources.filter((resource) => resource.unknown !== undefined);
  warn(context, seen, dim);
  const bytes = (await findSnapshot(store, account, name))?.bytes ?? 0;
  return { summary: { header, active: request.setActive, bytes }, incomplete: missing, dim: dim.length };
}

/** `2026-01-05T09-00-00Z`: sorts by time, and is a file name everywhere. */
function nameAt(millis: number): string {
  return instant(millis)
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
}

function warn({ host }: VerbContext, { resources, undated }: Scan, dim: readonly Resource[]): void {
  if (undated > 0)
    host.tell({
      kind: "warning",
      text: `${undated} resources were left out: AWS tells no creation date for them, and a date filter is set`,
    });
  if (resources.length === 0)
    host.tell({
      kind: "warning",
      text: "nothing matched: the snapshot is empty",
      hint: "check the regions and filters with `evenkeel snapshot show`",
    });
  if (dim.length > 0)
    host.tell({
      kind: "warning",
      text: `parts of ${dim.length} resources could not be read, and changes of them will not be seen: ${reasons(dim)}`,
      hint: "`evenkeel doctor` tells what is missing",
    });
}

const REASONS_TOLD = 5;

/** Why parts are unknown, the most frequent reasons first. */
function reasons(resources: readonly Resource[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of resources.flatMap(({ unknown = [] }) => unknown))
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([reason]) => reason);
  const more = ranked.length - REASONS_TOLD;
  return ranked.slice(0, REASONS_TOLD).join("; ") + (more > 0 ? `; and ${more} more reasons` : "");
}

function nothingSeen(missing: readonly CoverageCell[]): EvenkeelError {
  const [first] = missing;
  return new EvenkeelError("NOTHING_SEEN", `nothing of the account could be read: ${first?.reason ?? first?.status}`, {
    hint: "`evenkeel doctor` tells what is missing",
    state: "no snapshot was written; the active one is unchanged",
  });
}
