import { bindingsOf } from "./bindings.ts";
import type { OperationSchema, WireRequest } from "./exchange.ts";

/** A REST operation's method and URI pattern, ready to be matched. */
interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Query keys the pattern spells out, with their value if it has one: `?list-type=2`, `?tagging`. */
  readonly literals: readonly (readonly [string, string])[];
  /** Query keys and headers of required members: what tells CopyObject from PutObject. */
  readonly queries: readonly string[];
  readonly headers: readonly string[];
  readonly greedy: boolean;
  readonly literalLength: number;
}

export interface Match {
  readonly operation: string;
  readonly labels: Readonly<Record<string, string>>;
}

const compiled = new WeakMap<object, readonly Route[]>();

/** Finds the operation of a REST service that a request is for; the most specific pattern wins. */
export function matchUri(sdk: Readonly<Record<string, unknown>>, request: WireRequest): Match | undefined {
  const routes = compiled.get(sdk) ?? routesOf(sdk);
  compiled.set(sdk, routes);
  const named = request.query["x-id"]?.[0];
  for (const route of routes) {
    if (named !== undefined && named !== route.operation) continue;
    const labels = matchRoute(route, request);
    if (labels) return { operation: route.operation, labels };
  }
  return undefined;
}

function matchRoute(route: Route, request: WireRequest): Record<string, string> | undefined {
  if (route.method !== request.method) return undefined;
  const found = route.path.exec(request.path);
  if (!found) return undefined;
  const { query, headers } = request;
  if (!route.literals.every(([key, value]) => key in query && (value === "" || query[key]?.[0] === value)))
    return undefined;
  if (!route.queries.every((key) => key in query) || !route.headers.every((name) => name in headers)) return undefined;
  return Object.fromEntries(route.labels.map((label, index) => [label, decodeURIComponent(found[index + 1] ?? "")]));
}

function routesOf(sdk: Readonly<Record<string, unknown>>): Route[] {
  const routes = Object.values(sdk).flatMap((value) => {
    const pattern = isOperation(value) ? httpOf(value) : undefined;
    return pattern ? [compile(value as OperationSchema, pattern)] : [];
  });
  return routes.sort(bySpecificity);
}

export function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

/** The `http` trait: method, URI, status. */
export function httpOf(schema: OperationSchema): readonly [string, string, number] | undefined {
  return (schema[3] as { readonly http?: readonly [string, string, number] } | undefined)?.http;
}

function compile(schema: OperationSchema, [method, uri]: readonly [string, string, number]): Route {
  const input = bindingsOf(schema[4]);
  const [pattern = "/", search = ""] = uri.split("?");
  const path = withBucket(
    pattern,
    input.labels.map((label) => label.name),
  );
  const required = (bound: readonly { readonly name: string; readonly key: string }[]) =>
    bound.filter(({ name }) => input.required.has(name)).map(({ key }) => key);
  return {
    operation: schema[2],
    method,
    ...compilePath(path),
    // `x-id` only names the operation, and only this SDK sends it.
    literals: [...new URLSearchParams(search)].filter(([key]) => key !== "x-id"),
    queries: required(input.queries),
    headers: required(input.headers),
  };
}

/** S3's patterns leave out the bucket, which real endpoints have in the host name; here it leads the path. */
function withBucket(path: string, labels: readonly string[]): string {
  return labels.includes("Bucket") && !path.includes("{Bucket}") ? `/{Bucket}${path}` : path;
}

const LABEL = /\{(\w+)(\+?)\}/;

function compilePath(path: string): Pick<Route, "path" | "labels" | "greedy" | "literalLength"> {
  const parts = path.replace(/\/$/, "").split(LABEL);
  const literals = parts.filter((_, index) => index % 3 === 0);
  const plus = parts.filter((_, index) => index % 3 === 2);
  const source = literals.map((literal, index) => {
    const escaped = literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (index >= plus.length) return escaped;
    return `${escaped}${plus[index] === "+" ? "(.+)" : "([^/]+)"}`;
  });
  const greedyEnd = plus.at(-1) === "+" && literals.at(-1) === "";
  return {
    path: new RegExp(`^${source.join("")}${greedyEnd ? "" : "/?"}$`),
    labels: parts.filter((_, index) => index % 3 === 1),
    greedy: plus.includes("+"),
    literalLength: literals.join("").length,
  };
}

function bySpecificity(a: Route, b: Route): number {
  return (
    Number(a.greedy) - Number(b.greedy) ||
    b.literalLength - a.literalLength ||
    b.literals.length - a.literals.length ||
    b.queries.length + b.headers.length - (a.queries.length + a.headers.length)
  );
}
