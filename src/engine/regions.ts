import { distance } from "fastest-levenshtein";
import type { Connection } from "../aws/connection.ts";
import { GLOBAL } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";

/**
 * Refuses regions that a person named and the account does not have: a typo would otherwise read as a region in which
 * nothing could be seen. Where the regions may not be asked for, what was named is tried.
 * @throws EvenkeelError USAGE with the nearest names
 */
export async function refuseForeignRegions(
  connection: Connection,
  named: readonly string[] | undefined,
): Promise<void> {
  const wanted = (named ?? []).filter((region) => region !== GLOBAL);
  if (wanted.length === 0) return;
  const enabled = await connection.enabledRegions().catch((error: unknown) => {
    if (isError(error, "ACCESS_DENIED")) return undefined;
    throw error;
  });
  const foreign = wanted.find((region) => enabled !== undefined && !enabled.some((each) => each === region));
  if (foreign === undefined || enabled === undefined) return;
  const nearest = [...enabled].sort((a, b) => distance(foreign, a) - distance(foreign, b)).slice(0, 3);
  throw new EvenkeelError(
    "USAGE",
    `region ${foreign} is not switched on in account ${connection.account}, or does not exist`,
    {
      hint: `did you mean ${nearest.join(", ")}? \`evenkeel whoami\` lists all`,
      state: "nothing was read",
    },
  );
}
