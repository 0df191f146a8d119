import { distance } from "fastest-levenshtein";
import type { AccountId } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { accountsWith, snapshotFiles } from "./snapshot-files.ts";
import type { Store } from "./store.ts";

const SHOWN = 3;

/** NO_SNAPSHOT with the nearest names, or OTHER_ACCOUNT where only another account has one of this name. */
export async function noSuchSnapshot(store: Store, account: AccountId, name: string): Promise<EvenkeelError> {
  const others = await accountsWith(store, name);
  if (others.length > 0)
    return new EvenkeelError(
      "OTHER_ACCOUNT",
      `snapshot ${name} is of account ${others.join(", ")}, not of ${account}`,
      {
        hint: "use the credentials of that account (--profile, --role-arn)",
      },
    );
  const near = nearest(
    name,
    (await snapshotFiles(store, account)).map((file) => file.name),
  );
  const meant = near.length === 0 ? "" : `did you mean ${near.join(", ")}? `;
  return new EvenkeelError("NO_SNAPSHOT", `account ${account} has no snapshot ${name} in ${store.url}`, {
    hint: `${meant}\`evenkeel snapshot create ${name}\` makes one`,
  });
}

/** Names that could be a slip of the wanted one: up to a third of the letters differ, or it is a part of them. */
function nearest(wanted: string, names: readonly string[]): string[] {
  const lower = wanted.toLowerCase();
  return names
    .map((name) => ({ name, steps: distance(lower, name.toLowerCase()) }))
    .filter(({ name, steps }) => steps <= Math.max(1, wanted.length / 3) || name.toLowerCase().includes(lower))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, SHOWN)
    .map(({ name }) => name);
}
