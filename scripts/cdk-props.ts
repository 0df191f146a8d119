/**
 * The table of the constructs' props, of docs/serverless.md: the comments at the props (`what it is; absent = what then`) and
 * the tables of settings, which are what the props are made of.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { camel, LOG_LEVEL, PAUSING, REAPER, type Settings, SHEDDER, WATCH } from "../src/cdk/settings.ts";
import type { Parameter } from "../src/verbs/shed/parameters.ts";
import { formOf } from "../src/verbs/shed/settings.ts";

/** What several constructs take stands once; the order is that of the page. */
const SECTIONS = {
  CommonProps: "all with functions",
  StoreProps: "all with a bucket",
  ReaperProps: "`Reaper`",
  LoadShedderProps: "`LoadShedder`",
  ScheduleProps: "`Schedule`",
  StaySafeProps: "`StaySafe`",
  SnapshotWatchProps: "`SnapshotWatch`",
  OperatorRoleProps: "`OperatorRole`",
} as const;

/** By the names in `PropsOf<typeof …>`; what all of them have stands with what all constructs take. */
const TABLES: Readonly<Record<string, Settings>> = { REAPER, SHEDDER, PAUSING, WATCH };

interface Row {
  readonly prop: string;
  readonly what: string;
  readonly absent: string;
}

const folder = fileURLToPath(new URL("../src/cdk/", import.meta.url));

function interfaces(): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const statements = files.flatMap((name) => [
    ...ts.createSourceFile(name, readFileSync(`${folder}${name}`, "utf8"), ts.ScriptTarget.Latest, true).statements,
  ]);
  return new Map(statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]));
}

/** A line for each prop: what an interface has itself, then what it is made of besides. */
function rowsOf(all: ReturnType<typeof interfaces>, name: string): Row[] {
  const declared = all.get(name);
  if (!declared) throw new Error(`src/cdk has no interface ${name}`);
  const own = declared.members.filter(ts.isPropertySignature).flatMap((member) => {
    const type = member.type?.getText() ?? "";
    const row = rowOf(member);
    return [row, ...(all.has(type) && type.endsWith("Props") ? nested(row.prop, rowsOf(all, type)) : [])];
  });
  const inherited = (declared.heritageClauses ?? []).flatMap(({ types }) => types.map((each) => each.getText()));
  return [...own, ...inherited.flatMap((text) => inheritedRows(all, text))];
}

function inheritedRows(all: ReturnType<typeof interfaces>, text: string): Row[] {
  const table = /^PropsOf<typeof (\w+)>$/.exec(text)?.[1];
  if (table === undefined) return text in SECTIONS ? [] : rowsOf(all, text);
  const settings = TABLES[table];
  if (!settings) throw new Error(`no table of settings is called ${table}`);
  return Object.entries(settings).flatMap(([name, fact]) => (name in LOG_LEVEL ? [] : [settingRow(name, fact)]));
}

function nested(prop: string, rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, prop: `${prop}.${row.prop}` }));
}

/** @throws for a prop that does not say what it is, or what is where it is absent */
function rowOf(member: ts.PropertySignature): Row {
  const prop = member.name.getText();
  const comment = ts
    .getJSDocCommentsAndTags(member)
    .map((each) => ts.getTextOfJSDocComment(each.comment) ?? "")
    .join(" ")
    .replace(/\s+/g, " ");
  const {
    what,
    absent,
    more = "",
  } = /^(?<what>.+?)(?:; absent = (?<absent>.+?))?\.(?<more> .+)?$/.exec(comment)?.groups ?? {};
  const isOptional = member.questionToken !== undefined;
  if (what === undefined || isOptional !== (absent !== undefined))
    throw new Error(`the comment at ${prop} does not say what it is, or what where it is absent: ${comment}`);
  const said = (what + more.replace(/^ (.)/, ". $1")).replace(/\.$/, "");
  return {
    prop,
    what: said.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()),
    absent: absent ?? "required",
  };
}

function settingRow(name: string, fact: Parameter): Row {
  const { usual, otherwise, isRequired } = { usual: undefined, ...fact };
  const absent = isRequired ? "required" : usual === undefined ? (otherwise ?? "none") : `\`${usual}\``;
  return { prop: camel(name), what: `${fact.brief}: ${formOf(fact)}`, absent };
}

/** In Markdown. */
export function propsTable(): string {
  const all = interfaces();
  const common = Object.entries(LOG_LEVEL).map(([name, fact]) => settingRow(name, fact));
  const lines = Object.entries(SECTIONS).flatMap(([name, of]) =>
    [...rowsOf(all, name), ...(name === "CommonProps" ? common : [])].map(({ prop, what, absent }, index) =>
      [index === 0 ? of : "", `\`${prop}\``, what, absent].map((cell) => cell.replaceAll("|", "\\|")).join(" | "),
    ),
  );
  return ["of | prop | what it is | absent", "--- | --- | --- | ---", ...lines].map((line) => `| ${line} |`).join("\n");
}
