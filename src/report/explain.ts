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

function linesOf({ resource, facts, verdict, records, unseen }: Explanation): [string, string][] {
  const { pause, iam } = facts;
  const line = (name: string, texts: readonly string[], joint = ", "): [string, string][] =>
    texts.length > 0 ? [[name, texts.join(joint)]] : [];
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
          ["stage", stageText(verdict)] as [string, string],
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
    ["IAM to read", [...new Set([...iam.list, ...iam.read])].join(", ")],
    ...line("IAM to pause", pause ? [...new Set([...pause.iam.capture, ...pause.iam.pause])] : []),
    ...line("IAM to resume", pause ? [...new Set([...pause.iam.capture, ...pause.iam.resume])] : []),
    ...line(
      "not seen",
      unseen.length > 0 ? [`${countOf(unseen.length, "listing")}: who uses it may be among them`] : [],
    ),
  ];
}

function stageText({ stage, before, after }: Extract<Explanation["verdict"], { kind: "step" }>): string {
  const order = [
    before.length > 0 ? `after ${sentenceList(before)}` : "first of all",
    after.length > 0 ? `before ${sentenceList(after)}` : "last of all",
  ];
  return `${stage}: ${order.join(", ")}; a resume goes the other way`;
}

function plainly({ facts, verdict }: Explanation): object {
  const { pause, iam, noStop } = facts;
  return {
    pause: verdict,
    keepsCosting: pause?.keepsCosting ?? [],
    ...(noStop ? { noStop } : {}),
    iam: { ...iam, ...(pause ? pause.iam : {}) },
  };
}
