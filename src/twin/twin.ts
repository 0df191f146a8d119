import type { DirectCall } from "../aws/clients.ts";
import { rateOf } from "../aws/rates/index.ts";
import { fullBucket, type TokenBucket, tryTake } from "../aws/token-bucket.ts";
import type { Clock } from "../model/clock.ts";
import { toJson } from "../model/json.ts";
import { callFor } from "./call.ts";
import { conform } from "./conform.ts";
import { type Fault, faultFor } from "./faults.ts";
import { nextRequestId } from "./request-id.ts";
import { AwsFault, type TwinService } from "./service.ts";
import { recordCreation } from "./services/cloudtrail.ts";
import { SERVICES } from "./services/index.ts";
import type { World } from "./world.ts";

export interface TwinOptions {
  readonly world: World;
  readonly clock: Clock;
  /** What is simulated; all there is unless said. */
  readonly services?: readonly TwinService[];
  readonly faults?: readonly Fault[];
  /** Milliseconds from request to answer. */
  readonly latencyMs?: number;
  /** Answer with throttles as AWS's token buckets would. */
  readonly throttle?: boolean;
  /** Throw at output members that AWS's shape lacks. On in tests. */
  readonly strict?: boolean;
}

/** A call as the log keeps it. */
export interface LoggedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: object;
  /** The error code it was answered with. */
  readonly error?: string;
}

/** A request that has been understood, whichever way it came in. */
export interface TwinRequest {
  readonly service: TwinService;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly accessKey: string;
}

/** A simulated AWS: one world, one clock, three ways in (direct, in-process handler, HTTP server). */
export interface Twin {
  readonly world: World;
  readonly clock: Clock;
  readonly services: readonly TwinService[];
  readonly log: LoggedCall[];
  /** Operations that were asked for and are not simulated. */
  readonly unknownOperations: Set<string>;
  /** Bugs of behaviours, which callers see as InternalFailure. Empty, or a test has failed. */
  readonly errors: unknown[];
  faults: Fault[];
  /** Runs one request to its output; throws AwsFault. */
  handle(request: TwinRequest): Promise<object>;
  /** For {@link import("../aws/clients.ts").Wire}: no serialisation. */
  direct(accessKey?: string): DirectCall;
}

export function createTwin(options: TwinOptions): Twin {
  const { world, clock, services = SERVICES } = options;
  const buckets = new Map<string, TokenBucket>();
  const twin: Twin = {
    world,
    clock,
    services,
    log: [],
    unknownOperations: new Set(),
    errors: [],
    faults: [...(options.faults ?? [])],
    handle: (request) => handle(twin, options, buckets, request),
    direct:
      (accessKey = "") =>
      async (call) => {
        const service = services.find((candidate) => candidate.namespace === call.namespace);
        const requestId = nextRequestId(twin);
        if (!service) {
          twin.unknownOperations.add(`${call.namespace}:${call.operation}`);
          const fault = new AwsFault("UnknownOperation", `the twin has no service ${call.namespace}`, 501);
          throw asSdkError(fault, requestId);
        }
        try {
          const { operation, input, region } = call;
          const output = await twin.handle({ service, operation, input: toJson(input) as object, region, accessKey });
          return { ...output, $metadata: { httpStatusCode: 200, requestId } };
        } catch (error) {
          throw asSdkError(error, requestId);
        }
      },
  };
  return twin;
}

async function handle(
  twin: Twin,
  options: TwinOptions,
  buckets: Map<string, TokenBucket>,
  request: TwinRequest,
): Promise<object> {
  const { service, operation, input, region } = request;
  const call = callFor(twin, request);
  const entry = { service: service.signingName, operation, account: call.account, region, input };
  try {
    if (options.latencyMs) await twin.clock.sleep(options.latencyMs);
    if (options.throttle) throttle(buckets, entry, twin.clock.now());
    const fault = faultFor(twin.faults, entry);
    if (fault && fault.kind !== "lost-answer") throw faultError(fault);
    const behaviour = service.operations[operation];
    if (!behaviour) {
      twin.unknownOperations.add(`${service.signingName}:${operation}`);
      throw new AwsFault("UnknownOperation", `The twin does not simulate ${service.signingName} ${operation}.`, 501);
    }
    const output = behaviour(input as never, call) ?? {};
    recordCreation(call, service.signingName, input, output);
    if (fault) throw faultError(fault);
    twin.log.push(entry);
    return conform(await outputSchema(service, operation), output, options.strict) as object;
  } catch (error) {
    if (error instanceof AwsFault) twin.log.push({ ...entry, error: error.code });
    else twin.errors.push(error);
    throw error;
  }
}

/** An AwsFault that says which way the answer goes wrong; the wire turns `html`, `reset` and `timeout` into such answers. */
function faultError(fault: Fault): AwsFault {
  return Object.assign(new AwsFault(fault.code, fault.message, fault.status), { wire: fault.kind });
}

async function outputSchema(service: TwinService, operation: string): Promise<unknown> {
  const module = (await service.sdk()) as Record<string, readonly unknown[]>;
  return module[`${operation}$`]?.[5];
}

function throttle(buckets: Map<string, TokenBucket>, call: Omit<LoggedCall, "error">, now: number): void {
  const rate = rateOf(call, call.input);
  const key = `${call.account}|${call.region}|${rate.key}`;
  const bucket = buckets.get(key) ?? fullBucket(rate.size, now);
  buckets.set(key, bucket);
  if (tryTake(bucket, rate.size, now)) return;
  const code = call.service === "ec2" ? "RequestLimitExceeded" : "ThrottlingException";
  throw new AwsFault(code, "Rate exceeded", call.service === "ec2" ? 503 : 400);
}

/** Gives a fault the looks of an SDK exception. */
function asSdkError(error: unknown, requestId: string): unknown {
  if (!(error instanceof AwsFault)) return error;
  const $metadata = { httpStatusCode: error.status, requestId };
  return Object.assign(new Error(error.message), { ...error.members, name: error.code, $metadata, $fault: "client" });
}
