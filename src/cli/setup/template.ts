import { open } from "node:fs/promises";
import { FACTS } from "../../catalog/registry.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { operatorTemplate, type TrustTerms } from "../../report/operator-role.ts";
import { neededActions, type Verb } from "../../verbs/iam/needs.ts";
import { leastPolicy, storeBucket, withinLimit } from "../../verbs/iam/policy.ts";
import type { Settings } from "../settings.ts";

/**
 * What the operator role is made for: everything that can be taken back. Whoever removes does so by rights of their own,
 * as `iam policy --verb restore` prints them, so that the role of a brake can't be used to delete.
 */
const VERBS: readonly Verb[] = ["snapshot", "delta", "doctor", "whoami", "types", "status", "pause", "resume"];

/** The template of the role, for every type of the catalog, and for the store and the backup where those are buckets. */
export function roleTemplate(
  { store, backup }: Pick<Settings, "store" | "backup">,
  partition: string,
  terms: TrustTerms,
): string {
  const policy = leastPolicy(neededActions(VERBS, FACTS), FACTS, {
    store: storeBucket(store.value, partition),
    backup: storeBucket(backup.value ?? "", partition),
  });
  return operatorTemplate(withinLimit(policy), terms);
}

/** Writes it to a new file; one that is there already may be somebody's own. @throws EvenkeelError STORE_FAILED */
export async function writeTemplate(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(text);
    await file.close();
  } catch (cause) {
    throw new EvenkeelError("STORE_FAILED", `could not write the template to ${path}: ${(cause as Error).message}`, {
      hint: "name a new file with --template-out",
      state: "Nothing was changed.",
      cause,
    });
  }
}

/** How a person makes the role of it. */
export function deployLine(path: string): string {
  return `aws cloudformation deploy --stack-name evenkeel-operator --template-file ${path} --capabilities CAPABILITY_NAMED_IAM`;
}
