import { parseSelection } from "../../engine/selection.ts";
import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { isSnapshotName } from "../../model/snapshot.ts";
import { count, countOf, duration, sentenceList } from "../../report/humanise.ts";
import { resourceCount } from "../../report/snapshot-data.ts";
import { renderUnseen } from "../../report/unseen.ts";
import { createSnapshot } from "../../verbs/snapshot/create.ts";
import type { Action } from "../command.ts";
import { parsePairs } from "../pairs.ts";
import type { SNAPSHOT_CREATE } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_CREATE> = async (frame, options, name) => {
  const metadata = parsePairs("--metadata", options.metadata ?? [], "ticket=OPS-12");
  const selection = frame.selection(options);
  // Before signing in: what is malformed costs no call.
  parseSelection(selection);
  if (name !== undefined && !isSnapshotName(name)) throw notAName(name);
  const { summary, incomplete, dim } = await createSnapshot(await frame.online(), {
    ...(name === undefined ? {} : { name }),
    selection,
    metadata,
    setActive: options.setActive ?? true,
    compress: options.compress ?? false,
  });
  const { header, active } = summary;
  const resources = resourceCount(header);
  const missing = [...new Set(incomplete.flatMap(({ action }) => action ?? []))].sort();

  await frame.show({
    text: (render) => {
      const took = Date.parse(header.finishedAt) - Date.parse(header.startedAt);
      const places = countOf(header.regions.filter((region) => region !== "global").length, "region");
      const what = `${frame.symbols.good} ${frame.paint("bold", header.name)}: ${countOf(resources, "resource")} of ${countOf(Object.keys(header.counts).length, "type")} in ${places}, ${duration(took)}`;
      const baseline = active ? "It is the baseline now." : "The baseline is what it was.";
      const unseen =
        incomplete.length === 0
          ? []
          : [
              `Not completely seen (${count(incomplete.length)} of ${count(header.coverage.length)}):\n${renderUnseen(incomplete, render)}`,
            ];
      return `${[`${what}\n${baseline}`, ...unseen].join("\n\n").trimEnd()}\n`;
    },
    data: () => ({
      snapshot: header,
      active,
      bytes: summary.bytes,
      resources,
      incomplete,
      resourcesWithUnknownParts: dim,
      missingActions: missing,
    }),
    csv: {
      titles: ["name", "account", "startedAt", "finishedAt", "resources", "active", "incomplete"],
      records: () => [
        [header.name, header.account, header.startedAt, header.finishedAt, resources, active, incomplete.length],
      ],
    },
  });
  if (incomplete.length > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(incomplete.length, "listing")} could not be completely read: what is there is unknown, not absent`,
      ...(missing.length > 0
        ? {
            hint: `missing IAM actions: ${sentenceList(missing)}\n\`evenkeel iam policy --verb snapshot\` prints a policy that has them`,
          }
        : {}),
    });
  frame.next(`evenkeel snapshot show ${header.name}`, "evenkeel delta");
  return incomplete.length > 0 || dim > 0 ? EXIT.partial : EXIT.done;
};

function notAName(name: string): EvenkeelError {
  return new EvenkeelError("USAGE", `"${name}" can't be a snapshot's name`, {
    hint: "it begins with a letter or digit and has up to 100 letters, digits, `_`, `.` and `-`, for example before-release",
  });
}
