import type { TwinService } from "../service.ts";
import type { Operation, Protocol, Scope, WireRequest } from "./exchange.ts";
import { awsQuery, ec2Query, formFields } from "./query.ts";
import { restJson, restXml } from "./rest.ts";
import { awsJson, rpcCbor } from "./rpc.ts";
import { isOperation, matchUri } from "./uri.ts";

/** Where a request leads. */
export interface Route {
  readonly protocol: Protocol;
  /** What was asked for, for people: `DescribeAlarms`, or `GET /clusters` where only its URI is known. */
  readonly asked: string;
  /** Undefined when no service of the twin has such an operation. */
  readonly operation: Operation | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

const REST_XML: ReadonlySet<string> = new Set(["s3", "s3-control", "route53", "cloudfront"]);

/** Services that share a signing name and whose operations share names: the API version tells. */
const NAMESPACE_OF_VERSION: Readonly<Record<string, string>> = {
  "elasticloadbalancing 2012-06-01": "com.amazonaws.elasticloadbalancing",
  "elasticloadbalancing 2015-12-01": "com.amazonaws.elasticloadbalancingv2",
};

/** Which protocol a request speaks and which operation it asks for. It is the request that decides, not the SDK's package. */
export async function routeOf(services: readonly TwinService[], request: WireRequest, scope: Scope): Promise<Route> {
  const candidates = services.filter((service) => service.signingName === scope.service);
  const target = request.headers["x-amz-target"];
  if (request.headers["smithy-protocol"] === "rpc-v2-cbor")
    return named(rpcCbor, request.path.slice(request.path.lastIndexOf("/") + 1), candidates);
  if (target) return named(awsJson, target.slice(target.lastIndexOf(".") + 1), candidates);
  const form = formOf(request, scope);
  if (form)
    return named(
      scope.service === "ec2" ? ec2Query : awsQuery,
      form.action,
      ofVersion(candidates, scope, form.version),
    );
  return byUri(candidates, request, scope);
}

function formOf(request: WireRequest, scope: Scope): { readonly action: string; readonly version: string } | undefined {
  if (REST_XML.has(scope.service)) return undefined;
  const isForm =
    request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") || "Action" in request.query;
  if (!isForm) return undefined;
  const fields = new Map(formFields(request));
  return { action: fields.get("Action") ?? "", version: fields.get("Version") ?? "" };
}

function ofVersion(candidates: readonly TwinService[], scope: Scope, version: string): readonly TwinService[] {
  const namespace = NAMESPACE_OF_VERSION[`${scope.service} ${version}`];
  return namespace ? candidates.filter((service) => service.namespace === namespace) : candidates;
}

type Sdk = Readonly<Record<string, unknown>>;

const loaded = new WeakMap<TwinService, Promise<Sdk>>();

/** The SDK package of a service, imported once: under a module loader an import costs more than an answer. */
function sdkOf(service: TwinService): Promise<Sdk> {
  const sdk = loaded.get(service) ?? (service.sdk() as Promise<Sdk>);
  loaded.set(service, sdk);
  return sdk;
}

async function named(protocol: Protocol, name: string, candidates: readonly TwinService[]): Promise<Route> {
  for (const service of candidates) {
    const sdk = await sdkOf(service);
    const schema = sdk[`${name}$`];
    if (isOperation(schema)) return { protocol, asked: name, operation: { service, name, schema, sdk }, labels: {} };
  }
  return { protocol, asked: name, operation: undefined, labels: {} };
}

/** The route of a request that nothing is known of but its URI. */
export function nowhere({ method, path }: WireRequest, protocol: Protocol = restJson): Route {
  return { protocol, asked: `${method} ${path}`, operation: undefined, labels: {} };
}

async function byUri(candidates: readonly TwinService[], request: WireRequest, scope: Scope): Promise<Route> {
  const protocol = REST_XML.has(scope.service) ? restXml : restJson;
  for (const service of candidates) {
    const sdk = await sdkOf(service);
    const match = matchUri(sdk, request);
    if (match) return { ...(await named(protocol, match.operation, [service])), labels: match.labels };
  }
  return nowhere(request, protocol);
}
