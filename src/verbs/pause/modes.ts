import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import type { Resource } from "../../model/resource.ts";
import { judge } from "../../model/selection.ts";

/** What goes on running while all the rest is paused. */
export interface Mode {
  readonly name: string;
  /** Whatever one of them selects is kept. */
  readonly keep: readonly RawSelection[];
}

/**
 * Why a mode keeps a resource; undefined = it does not.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE at once for a malformed selection
 */
export function keptBy({ name, keep }: Mode): (resource: Resource) => string | undefined {
  const selections = keep.map((raw) => ({ selection: parseSelection(raw)([]), everywhere: !raw.regions?.length }));
  const isKept = (resource: Resource) =>
    selections.some(
      ({ selection, everywhere }) =>
        judge(everywhere ? { ...selection, regions: [resource.region] } : selection, resource) === "in",
    );
  return (resource) => (isKept(resource) ? `mode ${name} keeps it` : undefined);
}
