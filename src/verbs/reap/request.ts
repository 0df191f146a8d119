import { USUAL_BUDGET } from "../../engine/removal-budget.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { parseRemoval, type RemovalOptions } from "../removal/options.ts";
import type { PackerOptions } from "./packer/settings.ts";
import { policiesNamed, type WrittenPolicies } from "./policies.ts";
import { CONFIRM_RUNS, type ConfirmRuns, type Policy } from "./policy.ts";

export interface ReapRequest extends RemovalOptions {
  /** Names, of `packer` and of those that are written down. */
  readonly policies: readonly string[];
  /** Of the configuration file. */
  readonly written?: WrittenPolicies | undefined;
  readonly packer?: PackerOptions | undefined;
  /** Of all policies that remove; absent = each as it says itself. */
  readonly confirmRuns?: number | undefined;
  /** Bounds what is changed; what the policies judge by is read whole. */
  readonly selection: RawSelection;
  /** Look up what it saves: a plan without is as good, and quicker. */
  readonly prices?: boolean | undefined;
}

/** @throws EvenkeelError USAGE, UNKNOWN_TYPE: nothing has been called then */
export function parseReap(request: ReapRequest) {
  const asked = parseConfirmRuns(request.confirmRuns);
  const named = policiesNamed(request.policies, request);
  const does = doingOf(named);
  if (does === "pause") refuseForPauses(named, request);
  const policies = named.map((policy): Policy => (asked === undefined ? policy : { ...policy, confirmRuns: asked }));
  const removing = policies.filter((policy) => policy.does === "remove");
  const limits = parseRemoval(
    {
      ...request,
      allowData: request.allowData ?? [...new Set(removing.flatMap(({ allowData }) => allowData))],
      quarantine: request.quarantine ?? quarantineOf(removing),
    },
    { ...USUAL_BUDGET, maxShare: shareOf(removing) },
  );
  if (limits.quarantineMs !== undefined && removing.some(({ confirmRuns = 1 }) => confirmRuns > 1))
    throw new EvenkeelError("USAGE", "a quarantine is not confirmed by a second run: it gives time already", {
      hint: "leave out either the quarantine or --confirm-runs 2",
    });
  return { policies, does, limits, select: parseSelection(request.selection) };
}

/** @throws EvenkeelError USAGE */
export function parseConfirmRuns(runs: number | undefined): ConfirmRuns | undefined {
  if (runs === undefined) return undefined;
  const known = CONFIRM_RUNS.find((each) => each === runs);
  if (known !== undefined) return known;
  throw new EvenkeelError("USAGE", `--confirm-runs can't be ${runs}: it is ${CONFIRM_RUNS.join(" or ")}`, {
    hint: "1 removes at once; with 2 the first run only marks what the next one removes",
  });
}

/** A plan either removes or pauses: one has a record to go back by, and the other nothing. */
function doingOf(policies: readonly Policy[]): "remove" | "pause" {
  const names = (does: Policy["does"]) => policies.filter((each) => each.does === does).map(({ name }) => name);
  const [pausing, removing] = [names("pause"), names("remove")];
  if (pausing.length === 0) return "remove";
  if (removing.length === 0) return "pause";
  throw new EvenkeelError(
    "USAGE",
    `${pausing.join(", ")} would pause and ${removing.join(", ")} would remove: one run can't do both`,
    { hint: "run them one by one" },
  );
}

/** A limit that has no effect would be taken for one that has. @throws EvenkeelError USAGE */
function refuseForPauses(policies: readonly Policy[], request: ReapRequest): void {
  const { maxRemovals, maxShare, allowData, overrideProtection, noBackup, quarantine, confirmRuns } = request;
  const given = {
    "--max-removals": maxRemovals,
    "--max-share": maxShare,
    "--allow-data": allowData,
    "--override-protection": overrideProtection,
    "--no-backup": noBackup,
    "--quarantine": quarantine,
    "--confirm-runs": confirmRuns,
  };
  const [option] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (option === undefined) return;
  const names = policies.map(({ name }) => name).join(", ");
  throw new EvenkeelError("USAGE", `${option} is for removals, and ${names} removes nothing`, {
    hint: "leave it out; --max-steps limits a pause",
  });
}

/** Only as much as every policy that removes asks for. */
function shareOf(policies: readonly Policy[]): number {
  return Math.min(1, ...policies.map(({ maxShare = USUAL_BUDGET.maxShare }) => maxShare));
}

/** A plan has one quarantine for all of it. */
function quarantineOf(policies: readonly Policy[]): string | undefined {
  const [first, ...others] = [...new Set(policies.map(({ quarantine }) => quarantine))];
  if (others.length === 0) return first;
  const names = policies.map(({ name }) => name).join(", ");
  throw new EvenkeelError("USAGE", `the policies ${names} do not ask for the same quarantine`, {
    hint: "run them one by one, or give --quarantine for all of them",
  });
}
