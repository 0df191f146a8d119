import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LoadShedder, Reaper, Schedule, SnapshotWatch, StaySafe } from "../../src/cdk/index.ts";
import { FUNCTIONS, type FunctionName } from "../../src/lambda/functions.ts";
import { METRICS, type MetricName, NAMESPACE, powertoolsMeter } from "../../src/lambda/meter.ts";
import { code, shedding, synthesised } from "./made.ts";

const LAMBDA = fileURLToPath(new URL("../../src/lambda/", import.meta.url));
const RUNS = { min: 0, showUnits: false };

type Row = readonly (string | { readonly stat?: string; readonly expression?: string; readonly label?: string })[];
interface Widget {
  readonly type: string;
  readonly width: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly Row[];
    readonly alarms?: readonly string[];
    readonly annotations?: { readonly alarms?: readonly string[] };
    readonly yAxis?: unknown;
  };
}

/** Everything in one stack, so that the dashboards can be read side by side. */
const { of, template } = synthesised((stack) => {
  const night = new Schedule(stack, "Schedule", { code, selection: { tag: ["env=dev"] }, pauseAt: "rate(1 day)" });
  new StaySafe(stack, "StaySafe", { code, bucket: night.bucket });
  new Reaper(stack, "Reaper", { code });
  new SnapshotWatch(stack, "SnapshotWatch", { code });
  new LoadShedder(stack, "LoadShedder", shedding());
});

/** A body as CloudWatch gets it, with `<logical id>` where CloudFormation fills in. */
function bodyOf(value: { readonly "Fn::Join": readonly [string, readonly unknown[]] }): {
  readonly start: string;
  readonly widgets: readonly Widget[];
} {
  const [, parts] = value["Fn::Join"];
  const text = (part: unknown): string => {
    if (typeof part === "string") return part;
    const { Ref: name, "Fn::GetAtt": [id, attribute] = [] } = part as { Ref?: string; "Fn::GetAtt"?: string[] };
    if (name !== undefined) return `<${name}>`;
    return attribute === "Arn" ? `<${id}>` : id === undefined ? "<a join>" : `<${id}.${attribute}>`;
  };
  return JSON.parse(parts.map(text).join(""));
}

const bodies = of("AWS::CloudWatch::Dashboard").map(({ Properties }) => bodyOf(Properties.DashboardBody));
const widgets = bodies.flatMap((body) => body.widgets);

/** Namespace, name and dimensions, as CloudWatch tells metrics apart; options and searches are taken out. */
const metrics = widgets
  .flatMap(({ properties }) => properties.metrics ?? [])
  .map((row) => row.filter((each) => typeof each === "string"))
  .filter((row) => row.length > 0);

/** The metrics that each function's code measures: what is in the modules that it is made of. */
function measuredBy(name: FunctionName): MetricName[] {
  const seen = new Set<string>();
  const found = new Set<MetricName>();
  const read = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, metric] of text.matchAll(/\bmeasure\(\s*"(\w+)"/g)) found.add(metric as MetricName);
    for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)"/g)) {
      const next = join(dirname(file), path);
      if (next.startsWith(LAMBDA)) read(next);
    }
  };
  read(`${LAMBDA}functions/${name}.ts`);
  return [...found].sort();
}

/** A dashboard's own metrics of the function with that description. */
function shownOf(name: FunctionName): string[] {
  const id = Object.entries(template.findResources("AWS::Lambda::Function")).find(
    ([, { Properties }]) => Properties.Description === `Evenkeel's ${name}: ${FUNCTIONS[name].brief}`,
  )?.[0];
  const plain = metrics.filter((row) => row[0] === NAMESPACE && row[3] === `<${id}>`).map(([, metric]) => metric);
  const searched = searches().flatMap(({ metric, service }) => (service === `<${id}>` ? [metric] : []));
  return [...plain, ...searched].map(String).sort();
}

function searches() {
  const form =
    /^SEARCH\('\{(?<namespace>\w+),(?<dimensions>[\w,]+)\} MetricName="(?<metric>\w+)" service="(?<service>[^"]+)"', 'Minimum'\)$/;
  const rows = widgets.flatMap(({ properties }) => properties.metrics ?? []).flat();
  return rows.flatMap((each) => {
    if (typeof each === "string" || each.expression === undefined) return [];
    const { namespace = "", dimensions = "", metric = "", service = "" } = form.exec(each.expression)?.groups ?? {};
    return [{ namespace, dimensions, metric, service }];
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

it.each(Object.keys(FUNCTIONS) as FunctionName[])("shows of %s just what it measures", (name) => {
  const measured = measuredBy(name);
  expect(measured).toContain("NotificationsFailed");
  expect(shownOf(name)).toEqual(measured);
});

it("asks for each metric under the names by which the functions write it", () => {
  const written: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line) => void written.push(line));
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  const meter = powertoolsMeter("a-function");
  for (const name of Object.keys(METRICS) as MetricName[])
    meter.measure(name, 1, name === "PrimaryWeight" ? { rule: "arn" } : {});
  vi.unstubAllEnvs();
  const real = written.flatMap((line) => {
    const { _aws: embedded, service } = JSON.parse(line);
    const [{ Namespace, Dimensions, Metrics }] = embedded.CloudWatchMetrics;
    expect(service).toBe("a-function");
    return [[Namespace, Metrics[0].Name, ...Dimensions[0]].join()];
  });
  const shown = [
    ...metrics.filter(([namespace]) => namespace === NAMESPACE).map(([of, name, dimension]) => [of, name, dimension]),
    ...searches().map(({ namespace, metric, dimensions }) => [namespace, metric, dimensions]),
  ];
  expect([...new Set(shown.map((each) => each.join()))].sort()).toEqual(real.sort());
});

/** Source: Lambda developer guide, "Types of metrics for Lambda functions"; SQS developer guide, "Available CloudWatch metrics". */
const OF_AWS: Readonly<Record<string, readonly [dimension: string, ...names: string[]]>> = {
  "AWS/Lambda": ["FunctionName", "Invocations", "Errors", "Throttles", "Duration"],
  "AWS/SQS": [
    "QueueName",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesVisible",
    "ApproximateAgeOfOldestMessage",
  ],
};

it("asks AWS for metrics that it has, of functions and queues that stand in the stack", () => {
  const types = { FunctionName: "AWS::Lambda::Function", QueueName: "AWS::SQS::Queue" } as const;
  for (const [namespace = "", name = "", dimension = "", value = "", ...more] of metrics as string[][]) {
    if (namespace === NAMESPACE) continue;
    const [known, ...names] = OF_AWS[namespace] ?? [""];
    expect([namespace, dimension, more, names.includes(name)]).toEqual([namespace, known, [], true]);
    const there = Object.keys(template.findResources(types[dimension as keyof typeof types]));
    expect(there).toContain(value.replace(/^<|(\.QueueName)?>$/g, ""));
  }
});

describe.each(bodies.map(({ start, widgets }) => ({ start, widgets })))("a dashboard", ({ start, widgets }) => {
  it("is laid out without gaps or overlaps in rows of 24", () => {
    for (const top of new Set(widgets.map(({ y }) => y))) {
      const row = widgets.filter(({ y }) => y === top);
      expect(row.reduce((total, { width }) => total + width, 0)).toBe(24);
      expect(new Set(row.map(({ x }) => x)).size).toBe(row.length);
      expect(new Set(row.map(({ height }) => height)).size).toBe(1);
    }
  });

  it("has a title for each graph, axes that begin at nothing, and a time in which there is something to see", () => {
    expect(["-P7D", "-PT3H"]).toContain(start);
    const titles = widgets.map(({ properties }) => properties.title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { properties } of widgets.filter((each) => each.properties.metrics))
      expect(properties.yAxis).toMatchObject({ left: expect.objectContaining(RUNS) });
  });

  it("shows every alarm that the construct has", () => {
    const [alarms] = widgets.filter(({ type }) => type === "alarm");
    expect(alarms?.properties.alarms?.length).toBeGreaterThanOrEqual(2);
  });
});
