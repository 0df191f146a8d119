import type { Facts } from "../catalog/contract.ts";
import type { KnownType } from "../verbs/types/types.ts";
import type { Report } from "./format.ts";
import { renderTable } from "./table.ts";

/** The catalog's types: short in a table, with all their facts for machines. */
export function typesReport(types: readonly KnownType[]): Report {
  return {
    text: (options) => {
      const table = renderTable<KnownType>(
        [
          { title: "TYPE", value: ({ facts }) => facts.type },
          { title: "SHORT", value: ({ facts }) => facts.short, style: () => "accent", whole: true },
          { title: "GROUP", value: ({ facts }) => facts.group },
          { title: "SCOPE", value: ({ facts }) => facts.scope, spare: 2 },
          { title: "VERBS", value: ({ verbs }) => verbs.join(", "), spare: 1 },
        ],
        types,
        options,
      );
      return [table, waysText(types)].filter((part) => part !== "").join("\n");
    },
    data: () => ({ count: types.length, types: types.map(typeData) }),
    csv: {
      titles: ["type", "short", "title", "group", "scope", "verbs", "iamActions"],
      records: () =>
        types.map(({ facts, verbs }) => [
          facts.type,
          facts.short,
          facts.title,
          facts.group,
          facts.scope,
          verbs.join(" "),
          actions(facts).join(" "),
        ]),
    },
  };
}

/** The ways to pause beside the usual one, as `--way` takes them. */
function waysText(types: readonly KnownType[]): string {
  const lines = types.flatMap(({ facts: { short, pause } }) =>
    Object.entries(pause?.ways ?? {}).map(([way, says]) => `  --way ${short}=${way}  ${says}\n`),
  );
  return lines.length > 0 ? `Other ways to pause:\n${lines.join("")}` : "";
}

function typeData({ facts, verbs, order }: KnownType): object {
  const { type, short, title, group, scope, arn, defaults, volatile, secret, unordered, iam, sources } = facts;
  const { pause, removal } = facts;
  return {
    type,
    short,
    title,
    group,
    scope,
    arn,
    verbs,
    ...(defaults ? { defaults } : {}),
    volatile,
    secret,
    unordered,
    ...(removal ? { removal: { ...removal, ...order } } : {}),
    ...(pause ? { pause: { how: pause.how, ...(pause.ways ? { ways: pause.ways } : {}) } } : {}),
    iam,
    sources,
  };
}

function actions({ iam }: Facts): string[] {
  return [...new Set([...iam.list, ...iam.read])].sort();
}
