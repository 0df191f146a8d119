import pLimit from "p-limit";
import { callsPerSecond } from "../../aws/actions.ts";
import type { Connection } from "../../aws/connection.ts";
import type { Facts, ReadScope } from "../../catalog/contract.ts";
import { factsOf, loadEntry } from "../../catalog/registry.ts";
import { toResource } from "../../catalog/resource.ts";
import { readScope } from "../../catalog/scope.ts";
import type { Host } from "../../io/host.ts";
import { GLOBAL, type IsoInstant, instant, type Region } from "../../model/brand.ts";
import type { Clock } from "../../model/clock.ts";
import type { Coverage, CoverageCell } from "../../model/coverage.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import { type Redact, scrub } from "../../model/redact.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import { judge, type Selection } from "../../model/selection.ts";
import { cellFor, listingError, switchedOff } from "./coverage.ts";
import { scanProgress } from "./progress.ts";

export interface ScanRequest {
  readonly connection: Connection;
  readonly selection: Selection;
  readonly redact: Redact;
  readonly host: Host;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Upper bound of page sizes, for tests. */
  readonly largestPage?: number;
}

/** Reading an account now. */
export interface Scan {
  /** In ARN order, one a resource. */
  readonly resources: readonly ScannedResource[];
  readonly coverage: Coverage;
  /** The cut-off: what was created later may or may not be in it. */
  readonly startedAt: IsoInstant;
  readonly finishedAt: IsoInstant;
  /** Left out by a date filter because AWS tells no creation date. */
  readonly undated: number;
}

/** Listings under way at once. The governor sets the pace; this bounds memory and sockets. */
const LISTINGS_AT_ONCE = 256;

/** Reads every selected type in every selected region, global types once. What can't be read is in the coverage. */
export async function scan(request: ScanRequest): Promise<Scan> {
  const { clock, selection } = request;
  const startedAt = instant(clock.now());
  const places = await placesOf(request);
  const found = new Map<string, ScannedResource>();
  const progress = scanProgress(request.host, places.length);
  const limit = pLimit(LISTINGS_AT_ONCE);
  const stop: Stop = {};

  const cells = await Promise.all(
    places.map((place) =>
      limit(async () => {
        progress.start(place);
        const cell = await listPlace(place, request, found, stop);
        progress.end(place, found.size);
        return cell;
      }),
    ),
  );

  const judged = [...found.values()].map((resource) => ({ resource, verdict: judge(selection, resource) }));
  const resources = judged.filter(({ verdict }) => verdict === "in").map(({ resource }) => resource);
  return {
    resources: resources.sort((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0)),
    coverage: cells,
    startedAt,
    finishedAt: instant(clock.now()),
    undated: judged.filter(({ verdict }) => verdict === "undated").length,
  };
}

/** One cell of the coverage to be. */
export interface Place {
  readonly facts: Facts;
  readonly region: Region;
  readonly scope: ReadScope | undefined;
}

/** What AWS lets nobody read fast is begun first: the whole scan takes as long as its slowest bucket. */
function slowestFirst(types: readonly ResourceType[]): Facts[] {
  const ranked = types.map((type) => {
    const facts = factsOf(type);
    if (!facts) throw new EvenkeelError("BUG", `a selection with the unknown type ${type}`);
    return { facts, rate: Math.min(...facts.iam.list.map(callsPerSecond)) };
  });
  return ranked.sort((a, b) => a.rate - b.rate).map(({ facts }) => facts);
}

/** Once credentials have expired no further call can succeed: the rest is unseen, for the same reason. */
interface Stop {
  because?: EvenkeelError;
}

async function placesOf({ connection, selection, signal, largestPage }: ScanRequest): Promise<Place[]> {
  const options = { signal, ...(largestPage ? { largestPage } : {}) };
  const enabled = await regionsSwitchedOn(connection);
  const globalScope = readScope(connection, connection.globalRegion, options);
  const regions = selection.regions.filter((region) => region !== GLOBAL);
  const scopes = regions.map((region) => {
    const off = enabled !== undefined && !enabled.includes(region);
    return { region, scope: off ? undefined : readScope(connection, region, options) };
  });
  return slowestFirst(selection.types).flatMap((facts): Place[] => {
    if (facts.scope === "global") return [{ facts, region: GLOBAL, scope: globalScope }];
    return scopes.map(({ region, scope }) => ({ facts, region, scope }));
  });
}

/** Undefined = may not be asked; then every region is tried. */
async function regionsSwitchedOn(connection: Connection): Promise<readonly Region[] | undefined> {
  try {
    return await connection.enabledRegions();
  } catch (error) {
    if (isError(error) && error.code !== "CANCELLED") return undefined;
    throw error;
  }
}

async function listPlace(
  { facts, region, scope }: Place,
  { connection, redact, signal }: ScanRequest,
  found: Map<string, ScannedResource>,
  stop: Stop,
): Promise<CoverageCell> {
  if (!scope) return switchedOff(facts.type, region);
  // A listing that moves while it is read can tell a resource twice.
  const seen = new Set<string>();
  try {
    if (stop.because) throw stop.because;
    const entry = await loadEntry(facts.type);
    for await (const each of entry.list(scope)) {
      const { account, partition } = connection;
      const resource = toResource(facts, each, { account, partition, region, redact });
      found.set(resource.arn, resource);
      seen.add(resource.arn);
    }
    return { type: facts.type, region, status: "complete", count: seen.size };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = listingError(thrown, facts.type, region);
    if (error.code === "EXPIRED_CREDENTIALS") stop.because = error;
    const cell = cellFor(facts.type, region, seen.size, error);
    // AWS's words may repeat what it was sent, a session token for one.
    return cell.reason === undefined ? cell : { ...cell, reason: scrub(cell.reason, redact) };
  }
}
