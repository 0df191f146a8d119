import { scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { instant } from "../../model/brand.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { redactor } from "../../model/redact.ts";
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
  warn(context, seen.resources.length, undated);
  const bytes = (await findSnapshot(store, account, name))?.bytes ?? 0;
  return { summary: { header, active: request.setActive, bytes }, incomplete: missing };
}

/** `2026-01-05T09-00-00Z`: sorts by time, and is a file name everywhere. */
function nameAt(millis: number): string {
  return instant(millis)
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
}

function warn({ host }: VerbContext, resources: number, undated: number): void {
  if (undated > 0)
    host.tell({
      kind: "warning",
      text: `${undated} resources were left out: AWS tells no creation date for them, and a date filter is set`,
    });
  if (resources === 0)
    host.tell({
      kind: "warning",
      text: "nothing matched: the snapshot is empty",
      hint: "check the regions and filters with `evenkeel snapshot show`",
    });
}

function nothingSeen(missing: readonly CoverageCell[]): EvenkeelError {
  const reasons = [...new Set(missing.map((cell) => cell.reason ?? cell.status))];
  return new EvenkeelError("NOTHING_SEEN", `nothing of the account could be read: ${reasons[0]}`, {
    hint: "`evenkeel doctor` tells what is missing",
    state: "no snapshot was written; the active one is unchanged",
  });
}
