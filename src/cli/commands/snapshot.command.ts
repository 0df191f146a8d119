import { type CommandGroup, command, group, loads } from "../command.ts";
import { SELECTION_OPTIONS } from "../options.ts";

const NAME = { name: "NAME", brief: "the snapshot's name" } as const;
/** Whose snapshots, where nobody can be asked. */
const ACCOUNT = {
  account: { kind: "text", placeholder: "ID", brief: "whose snapshots, without signing in (default: the caller's)" },
} as const;

export const SNAPSHOT_CREATE = command({
  brief: "scan the account and store what is there",
  description:
    "The newest snapshot becomes the baseline of `delta`, unless told otherwise. An existing name is refused.",
  arguments: [{ name: "NAME", brief: "letters, digits, `_`, `.` and `-`; default: made of the time", optional: true }],
  examples: [
    { line: "evenkeel snapshot create", says: "all types in all enabled regions" },
    {
      line: "evenkeel snapshot create before-release --type compute --regions eu-west-1",
      says: "a part of the account",
    },
    {
      line: "evenkeel snapshot create dev --tag env=dev --metadata ticket=OPS-12 --no-set-active",
      says: "by tag, with a note, without becoming the baseline",
    },
  ],
  options: {
    metadata: { kind: "list", placeholder: "KEY=VALUE", brief: "a note to store with it; repeatable" },
    setActive: { kind: "switch", shown: "both", brief: "make it the baseline (default), or not" },
    compress: { kind: "switch", brief: "compress the file, whatever its size" },
    ...SELECTION_OPTIONS,
  },
  cancelled: "No snapshot was saved, and the baseline is what it was.",
});

export const SORTS = ["name", "created", "resources", "size"] as const;

export const SNAPSHOT_LIST = command({
  brief: "list the account's snapshots",
  examples: [
    { line: "evenkeel snapshot list", says: "newest first" },
    { line: "evenkeel snapshot list --sort size --output csv", says: "largest first, for a spreadsheet" },
  ],
  options: { sort: { kind: "choice", values: SORTS, brief: "order (default: created, newest first)" }, ...ACCOUNT },
});

export const GROUPINGS = ["service", "region", "type"] as const;

export const SNAPSHOT_SHOW = command({
  brief: "show what is in a snapshot",
  arguments: [NAME],
  examples: [
    { line: "evenkeel snapshot show before-release", says: "when, what for, and counts by type" },
    { line: "evenkeel snapshot show before-release --group-by region", says: "counts by region" },
    { line: "evenkeel snapshot show before-release --resources", says: "every resource" },
  ],
  options: {
    groupBy: { kind: "choice", values: GROUPINGS, brief: "what to count by (default: type)" },
    resources: { kind: "switch", brief: "list every resource" },
    ...ACCOUNT,
  },
});

export const SNAPSHOT_SET_ACTIVE = command({
  brief: "make a snapshot the baseline",
  arguments: [NAME],
  examples: [{ line: "evenkeel snapshot set-active before-release", says: "`delta` compares with it from now on" }],
  options: ACCOUNT,
});

export const SNAPSHOT_DELETE = command({
  brief: "delete a snapshot; nothing in AWS changes",
  description:
    "The baseline can't be deleted: make another snapshot active first. Asks before it deletes; --yes answers.",
  arguments: [NAME],
  examples: [{ line: "evenkeel snapshot delete before-release --yes", says: "without being asked" }],
  options: ACCOUNT,
  cancelled: "Nothing was deleted.",
});

export const DELTA_FORMATS = ["table", "json", "yaml", "csv", "html", "markdown", "junit", "sarif"] as const;

export const SNAPSHOT_DIFF = command({
  brief: "say what changed between two snapshots, offline",
  arguments: [
    { name: "BEFORE", brief: "the older snapshot" },
    { name: "AFTER", brief: "the newer snapshot" },
  ],
  examples: [
    { line: "evenkeel snapshot diff before-release after-release", says: "what the release changed" },
    { line: "evenkeel snapshot diff monday friday --output html > week.html", says: "as a page" },
  ],
  options: { exitCode: { kind: "switch", brief: "end with exit code 7 when there are changes" }, ...ACCOUNT },
  formats: DELTA_FORMATS,
});

export const EXPORTS = ["json", "yaml", "csv"] as const;

export const SNAPSHOT_EXPORT = command({
  brief: "write all of a snapshot to standard output",
  arguments: [NAME],
  examples: [
    { line: "evenkeel snapshot export before-release > before.json", says: "as JSON" },
    { line: "evenkeel snapshot export before-release --format csv > before.csv", says: "one record a resource" },
  ],
  options: { format: { kind: "choice", values: EXPORTS, brief: "form (default: json)" }, ...ACCOUNT },
});

export const SNAPSHOT: CommandGroup = group({
  brief: "store what is in the account, and look at what was stored",
  commands: {
    create: loads(SNAPSHOT_CREATE, () => import("./snapshot-create.ts")),
    list: loads(SNAPSHOT_LIST, () => import("./snapshot-list.ts")),
    show: loads(SNAPSHOT_SHOW, () => import("./snapshot-show.ts")),
    "set-active": loads(SNAPSHOT_SET_ACTIVE, () => import("./snapshot-set-active.ts")),
    delete: loads(SNAPSHOT_DELETE, () => import("./snapshot-delete.ts")),
    diff: loads(SNAPSHOT_DIFF, () => import("./snapshot-diff.ts")),
    export: loads(SNAPSHOT_EXPORT, () => import("./snapshot-export.ts")),
  },
});
