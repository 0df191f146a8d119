import { factsOf } from "../catalog/registry.ts";
import type { ResourceType } from "../model/resource.ts";
import type { Edge } from "../verbs/explain/edges.ts";
import type { Explanation } from "../verbs/explain/explain.ts";
import type { Report } from "./format.ts";
import { countOf, sentenceList } from "./humanise.ts";
import { renderTable } from "./table.ts";

/** Everything that is known of one resource, for people and machines. */
export function explainReport(explanation: Explanation): Report {
  const { resource, facts, edges, records, unseen } = explanation;
  return {
    text: (options) => {
      const lines = linesOf(explanation).map(([name, said]) => `  ${name.padEnd(14)}${said}\n`);
      const links = renderTable<Edge>(
        [
          { title: "LINK", value: linkText },
          { title: "TYPE", value: ({ type }) => type },
          { title: "RESOURCE", value: ({ other, known }) => (known ? other : `${other} (not seen)`) },
        ],
        edges,
        options,
      );
      const head = `${facts.title} ${resource.name ?? resource.id}\n`;
      return [head, ...lines, edges.length > 0 ? `\n${links}` : "\nNo links are known.\n"].join("");
    },
    data: () => ({ resource, title: facts.title, ...plainly(explanation), edges, records, unseen }),
    csv: {
      titles: ["arn", "fact", "value"],
      records: () => [
        ...linesOf(explanation).map(([name, said]) => [resource.arn, name, said]),
        ...edges.map((edge) => [resource.arn, linkText(edge), edge.other]),
      ],
    },
  };
}

const INWARD = { owns: "owned by", "member-of": "has member", uses: "used by", "attached-to": "has attached" } as const;
const OUTWARD = { owns: "owns", "member-of": "member of", uses: "uses", "attached-to": "attached to" } as const;

function linkText({ direction, kind }: Edge): string {
  return direction === "to" ? OUTWARD[kind] : INWARD[kind];
}

type Line = [name: string, said: string];

function line(name: string, texts: readonly string[], joint = ", "): Line[] {
  return texts.length > 0 ? [[name, texts.join(joint)]] : [];
}

function linesOf(explanation: Explanation): Line[] {
  const { resource, facts, verdict, records, unseen } = explanation;
  const { pause, iam } = facts;
  return [
    ["arn", resource.arn],
    ["type", `${resource.type} (${facts.short})`],
    ["region", resource.region],
    ...line("state", resource.state ? [resource.state] : []),
    ...line("created", resource.createdAt ? [resource.createdAt] : []),
    ...line(
      "pause",
      verdict.kind === "step" ? [`${verdict.step.says}, as ${verdict.step.reason}`] : [`kept: ${verdict.reason}`],
    ),
    ...(verdict.kind === "step"
      ? [
          ["stage", stageText(verdict)] as Line,
          ...line("waits for", verdict.step.after),
          ...line("loses", verdict.step.loses),
          ...line("risks", verdict.step.risks, "; "),
        ]
      : []),
    ...line("keeps costing", pause?.keepsCosting ?? []),
    ...line(
      "held by",
      records.map((id) => `armed record ${id}`),
    ),
    ...removalLines(explanation),
    ["IAM to read", [...new Set([...iam.list, ...iam.read])].join(", ")],
    ...line("IAM to pause", pause ? [...new Set([...pause.iam.capture, ...pause.iam.pause])] : []),
    ...line("IAM to resume", pause ? [...new Set([...pause.iam.capture, ...pause.iam.resume])] : []),
    ...line(
      "not seen",
      unseen.length > 0 ? [`${countOf(unseen.length, "listing")}: who uses it may be among them`] : [],
    ),
  ];
}

/** What a restore would do with it if it were not in the baseline. */
function removalLines({ facts, removal }: Explanation): Line[] {
  if (removal.kind === "kept") return line("removal", [`kept: ${removal.reason}`]);
  const { steps, along, asks } = removal;
  const last = steps.at(-1);
  return [
    ...line("removal", last ? [`${last.says}, if it is not in the baseline`] : []),
    ...line(
      "first",
      steps.slice(0, -1).map(({ says }) => says),
      "; then ",
    ),
    ...line(
      "takes along",
      along.map(({ type, id, name }) => `${shortOf(type)} ${name ?? id}`),
    ),
    ...line("lost for good", last?.loses ?? [], "; "),
    ...line("asks for", asks ? [`--allow-data, as it ${asks}`] : []),
    ...line("IAM to remove", [...new Set([...facts.iam.read, ...steps.flatMap(({ iam }) => iam)])].sort()),
  ];
}

function shortOf(type: ResourceType): string {
  return factsOf(type)?.short ?? type;
}

function stageText({ stage, before, after }: Extract<Explanation["verdict"], { kind: "step" }>): string {
  const order = [
    before.length > 0 ? `after ${sentenceList(before)}` : "first of all",
    after.length > 0 ? `before ${sentenceList(after)}` : "last of all",
  ];
  return `${stage}: ${order.join(", ")}; a resume goes the other way`;
}

function plainly({ facts, verdict, removal }: Explanation): object {
  const { pause, iam, noStop } = facts;
  return {
    pause: verdict,
    removal,
    keepsCosting: pause?.keepsCosting ?? [],
    ...(noStop ? { noStop } : {}),
    iam: { ...iam, ...(pause ? pause.iam : {}) },
  };
}
