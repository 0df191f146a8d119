import { partitionOf } from "../../aws/partitions.ts";
import { EXIT } from "../../model/errors.ts";
import { sentenceList } from "../../report/humanise.ts";
import { renderPolicy } from "../../report/policy.ts";
import { neededActions } from "../../verbs/iam/needs.ts";
import { leastPolicy, storeBucket, withinLimit } from "../../verbs/iam/policy.ts";
import { parseConfirmRuns } from "../../verbs/reap/request.ts";
import { factsFor } from "../../verbs/types/types.ts";
import type { Action } from "../command.ts";
import { checkBackup } from "../record-options.ts";
import type { IAM_POLICY } from "./iam.command.ts";

export const run: Action<typeof IAM_POLICY> = async (frame, options) => {
  const verbs = options.verb ?? ["snapshot"];
  const format = options.format ?? "json";
  const types = factsFor(options.type ?? []);
  const partition = partitionOf(frame.settings.regions.value?.[0] ?? "");
  checkBackup(frame.settings);
  const store = storeBucket(frame.settings.store.value, partition);
  const keeps = verbs.some((verb) => verb === "pause" || verb === "resume");
  const backup = keeps ? storeBucket(frame.settings.backup.value ?? "", partition) : undefined;
  const marks = parseConfirmRuns(options.confirmRuns) === 2;
  const documents = withinLimit(leastPolicy(neededActions(verbs, types, { marks }), types, { store, backup }));
  const says = `What evenkeel ${sentenceList([...new Set(verbs)])} needs`;
  await frame.output.write(await renderPolicy(documents, format, says));
  if (format === "json" && documents.length > 1)
    frame.host.tell({
      kind: "warning",
      text: "this policy is larger than the 6,144 characters that AWS takes for a managed one",
      hint: "use --format cloudformation or terraform, which make several, or choose fewer types with --type",
    });
  return EXIT.done;
};
