import { nextRequestId } from "../request-id.ts";
import { AwsFault } from "../service.ts";
import type { Twin } from "../twin.ts";
import type { Exchange, Operation, Scope, WireAnswer, WireRequest, WireResponse } from "./exchange.ts";
import { internalFailure, wayOf, wireError } from "./faults.ts";
import { normalise } from "./normalise.ts";
import { nowhere, type Route, routeOf } from "./route.ts";
import { scopeOf } from "./scope.ts";

const UNSIGNED: Scope = { accessKey: "", region: "us-east-1", service: "" };

/** Answers one HTTP request of any AWS protocol. The one way that server and handler share. */
export async function answer(twin: Twin, raw: WireRequest): Promise<WireAnswer> {
  let exchange: Exchange = { request: raw, scope: UNSIGNED, requestId: nextRequestId(twin) };
  let route = nowhere(raw);
  try {
    const request = normalise(raw);
    const scope = scopeOf(request);
    exchange = { ...exchange, request, scope: scope ?? UNSIGNED };
    route = await routeOf(twin.services, request, exchange.scope);
    if (!scope) throw new AwsFault("MissingAuthenticationToken", "The request is not signed.", 403);
    if (!route.operation) throw unknownOperation(twin, scope, route);
    return response(await run(twin, route.operation, route, exchange), exchange);
  } catch (error) {
    return failed(twin, route, exchange, error);
  }
}

async function run(twin: Twin, operation: Operation, route: Route, exchange: Exchange): Promise<WireResponse> {
  const { service, name } = operation;
  const { accessKey, region } = exchange.scope;
  const input = await route.protocol.read(operation, exchange.request, route.labels);
  const output = await twin.handle({ service, operation: name, input, region, accessKey });
  return route.protocol.write(operation, output, exchange);
}

function failed(twin: Twin, route: Route, exchange: Exchange, error: unknown): WireAnswer {
  const isFault = error instanceof AwsFault;
  if (!isFault && !twin.errors.includes(error)) twin.errors.push(error);
  const fault = isFault ? error : internalFailure(error);
  const way = wayOf(fault);
  if (way === "timeout") return { kind: "timeout", message: fault.message };
  if (way === "reset" || way === "lost-answer") return { kind: "reset", message: fault.message };
  if (way === "html")
    return { kind: "response", status: fault.status, headers: { "content-type": "text/html" }, body: fault.message };
  return response(route.protocol.error(wireError(fault, route.operation?.sdk), exchange), exchange);
}

function unknownOperation(twin: Twin, scope: Scope, route: Route): AwsFault {
  twin.unknownOperations.add(`${scope.service}:${route.asked}`);
  return new AwsFault("UnknownOperation", `The twin does not simulate ${scope.service} ${route.asked}.`, 501);
}

function response(written: WireResponse, { requestId, scope }: Exchange): WireAnswer {
  const ids = scope.service === "s3" ? { "x-amz-request-id": requestId, "x-amz-id-2": "twin" } : {};
  return { kind: "response", ...written, headers: { ...written.headers, ...ids, "x-amzn-requestid": requestId } };
}
