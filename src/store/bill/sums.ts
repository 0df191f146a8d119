import { addDays, dayOf, periodOf } from "../../model/calendar.ts";
import type { Day, GroupKey } from "../../model/cost.ts";
import type { Lane } from "./amounts.ts";
import type { BillQuery } from "./contract.ts";
import type { Member } from "./formats.ts";
import { isTold, linesSql, type OpenBill } from "./lines.ts";
import type { Shape } from "./shapes.ts";
import { filled, literal } from "./sql.ts";
import { SCALING_GROUP, tagSql } from "./tags.ts";

/** A question to an open bill, with what was found out before it is asked. */
export interface Question {
  readonly open: OpenBill;
  readonly query: BillQuery;
  readonly lane: Lane;
  /** The one currency of all lines; absent = it must be looked at line by line. */
  readonly currency?: string;
}

/** What tells lines apart: by these they are summed up, before anything is made of their texts. */
const TOLD: readonly Member[] = ["product", "resource", "account", "region", "charge", "class", "usage", "currency"];

/** The column of a group key in the sums; undefined = it follows from the verdict. */
export function groupColumn(key: GroupKey, index: number): string | undefined {
  if (key === "type") return undefined;
  return key.startsWith("tag:")
    ? `tag${index}`
    : { service: "product", region: "region", account: "account" }[key as string];
}

/** Tags that are asked for, and that of scaling groups, as far as the files can have them. */
function tagsOf({ open: { shapes, ranges }, query }: Question): Record<string, string> {
  const asked = query.groupBy.flatMap((key, index) =>
    key.startsWith("tag:") ? [[`tag${index}`, key.slice(4)] as const] : [],
  );
  const tags = [["scaling", SCALING_GROUP] as const, ...asked];
  return Object.fromEntries(tags.filter(([, key]) => shapes.some((shape) => tagSql(shape, key, ranges) !== undefined)));
}

function membersOf({ open, currency }: Question): Member[] {
  return TOLD.filter((member) => isTold(open.shapes, member) && !(member === "currency" && currency !== undefined));
}

/** SQL: sums by period and by all that tells lines apart. Texts are as the files have them. */
function rawSql(question: Question): string {
  const members = membersOf(question);
  const tags = tagsOf(question);
  const columns = [
    // What was transferred matters only where no resource is named; with it there would be many more sums.
    ...members.map((each) =>
      each === "usage" ? "CASE WHEN resource IS NULL OR resource = '' THEN usage END AS usage" : each,
    ),
    ...Object.keys(tags),
  ];
  const period = periodSql(question);
  // What is the same for all lines is no group: it would be compared line by line.
  const groups = [...(period.startsWith("DATE") ? [] : ["period"]), ...columns.map((_, index) => index + 2)];
  return `SELECT ${[`${period} AS period`, ...columns].join(", ")}, sum(amount) AS amount
    FROM (${lines(question)}) WHERE ${wanted(question)} GROUP BY ${groups.join(", ")}`;
}

/** SQL: sums by period and by all that tells lines apart: an empty text for what is not told, and kinds of charges. */
export function sumsSql(question: Question): string {
  const { format } = question.open.shapes[0] as OpenBill["shapes"][number];
  const told: readonly string[] = [...membersOf(question), ...Object.keys(tagsOf(question))];
  const column = (name: string) => (told.includes(name) ? `coalesce(${filled(name)}, '')` : "''");
  const groups = question.query.groupBy.flatMap((key, index) => (key.startsWith("tag:") ? [`tag${index}`] : []));
  const texts = [...TOLD, "scaling", ...groups].filter(
    (name) => name !== "currency" || question.currency === undefined,
  );
  const kinds = format.kinds.map(([kind, condition]) => `WHEN ${condition} THEN ${literal(kind)}`).join(" ");
  return `SELECT *, CASE ${kinds} END AS kind
    FROM (SELECT period, amount, ${texts.map((name) => `${column(name)} AS ${name}`).join(", ")} FROM (${rawSql(question)}))`;
}

/** SQL: the sum of all lines, apart from any groups, and how many tell no amount. */
export function totalSql(question: Question): string {
  const isCsv = question.open.shapes.some(({ files }) => files[0]?.form !== "parquet");
  return `SELECT CAST(coalesce(sum(amount), 0) AS VARCHAR), count(*) - count(amount)${isCsv ? readSql(question) : ""}
    FROM (${lines(question)}) WHERE ${wanted(question)}`;
}

/** SQL: how many lines of a csv file can be read, whatever their dates are. */
export function readableSql(question: Question, shape: Shape, path: string): string {
  const scan = `${shape.scan.replace(/\)$/, ", filename = true)")} WHERE filename = ${literal(path)}`;
  return `SELECT count(*), count(started), count(amount)${readSql(question)} FROM (${lines(question, [{ ...shape, scan }])})`;
}

/** Of csv the same columns are read each time: what is not read is not found malformed. */
function readSql(question: Question): string {
  return [...membersOf(question), ...Object.keys(tagsOf(question))].map((each) => `, count(${each})`).join("");
}

function lines(question: Question, shapes: readonly Shape[] = question.open.shapes): string {
  const { open, query, lane } = question;
  const members = ["started", ...membersOf(question)] as Member[];
  return linesSql(shapes, {
    amount: { metric: query.metric, lane },
    members,
    tags: tagsOf(question),
    ranges: open.ranges,
  });
}

function wanted({ open, query, currency }: Question): string {
  const { start, end } = query.days;
  const begins = Date.parse(`${start}T00:00:00Z`);
  const ends = Date.parse(`${addDays(end, 1)}T00:00:00Z`);
  const all = open.undated === 0 && begins <= open.first && open.last < ends;
  return [
    ...(all ? [] : [`started >= ${instant(begins)} AND started < ${instant(ends)}`]),
    ...(query.currency !== undefined && currency === undefined ? [`currency = ${literal(query.currency)}`] : []),
    "true",
  ].join(" AND ");
}

function instant(at: number): string {
  return `TIMESTAMP ${literal(new Date(at).toISOString().slice(0, 19))}`;
}

/** One period needs no column that is worked out line by line. */
function periodSql({ open, query: { days, granularity } }: Question): string {
  const from = periodOf([dayOf(open.first), days.start].sort().at(-1) as Day, granularity);
  const to = periodOf([dayOf(open.last), days.end].sort()[0] as Day, granularity);
  if (from === to) return `DATE ${literal(from)}`;
  return granularity === "daily" ? "CAST(started AS DATE)" : "CAST(date_trunc('month', started) AS DATE)";
}
