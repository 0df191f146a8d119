import { open } from "node:fs/promises";
import { EvenkeelError } from "../../model/errors.ts";
import { operatorTemplate } from "../../report/operator-role.ts";
import { operatorStatements, type TrustTerms } from "../../verbs/iam/operator.ts";
import { bucketStatements, ROOM_TO_FILL_IN, storeBucket, withinLimit } from "../../verbs/iam/policy.ts";
import type { Settings } from "../settings.ts";

/** The template of the role, for every type of the catalog, and for the store and the backup where those are buckets. */
export function roleTemplate(
  { store, backup }: Pick<Settings, "store" | "backup">,
  partition: string,
  terms: TrustTerms,
): string {
  const buckets = bucketStatements({
    store: storeBucket(store.value, partition),
    backup: storeBucket(backup.value ?? "", partition),
  });
  return operatorTemplate(
    withinLimit({ Version: "2012-10-17", Statement: [...operatorStatements(), ...buckets] }, ROOM_TO_FILL_IN),
    terms,
  );
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
