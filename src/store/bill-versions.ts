import { EvenkeelError } from "../model/errors.ts";

/**
 * Exports that do not overwrite put each version of a month into a folder of its own, and each has all of the month.
 * Source: CUR user guide, "Understanding your report versions"; Data Exports user guide, "Understanding export delivery".
 */
const VERSION = /^(.*\/(?:BILLING_PERIOD=\d{4}-\d{2}|\d{8}-\d{8})\/)([^/]+)\/[^/]+$/;

/** @throws EvenkeelError USAGE where two versions of one month are among the files: all would be counted twice */
export function refuseVersions(files: readonly string[]): void {
  const versions = new Map<string, Set<string>>();
  for (const file of files) {
    const [, month, version] = VERSION.exec(file) ?? [];
    if (month !== undefined && version !== undefined)
      versions.set(month, (versions.get(month) ?? new Set()).add(version));
  }
  for (const [month, all] of versions)
    if (all.size > 1)
      throw new EvenkeelError("USAGE", `--bill: there are ${all.size} versions of ${month}, and each has all charges`, {
        hint: `name the folder of one, which the manifest of the month tells: --bill ${month}VERSION/`,
      });
}
