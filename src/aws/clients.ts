import type { AwsCredentialIdentityProvider, HttpHandlerOptions } from "@smithy/types";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import { translate } from "./errors.ts";
import type { Governor, Lane } from "./governor.ts";
import { httpHandler } from "./http.ts";
import type { CallName } from "./rates/index.ts";
import { refuseHtml } from "./refuse-html.ts";

// The SDK prints advice on Node versions for its own developers; `evenkeel doctor` has ours for people.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** The constructor of an SDK client. */
export type ClientConstructor<C> = new (config: never) => C;

/**
 * Answers a call without a network: given the operation's schema and input, gives its output or throws as the SDK would.
 * The twin's direct way in.
 */
export type DirectCall = (call: {
  readonly namespace: string;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
}) => Promise<object>;

/** How calls leave the process. */
export type Wire =
  | {
      readonly kind: "http";
      readonly credentials: AwsCredentialIdentityProvider;
      readonly endpoint?: string;
      /** Another request handler than the shared one (the twin's in-process handler). */
      readonly handler?: object;
    }
  | { readonly kind: "direct"; readonly call: DirectCall };

export interface ClientOptions {
  readonly wire: Wire;
  readonly governor: Governor;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly lane: Lane;
  readonly signal: AbortSignal;
  /** Told of each call that is made, for the audit and for tests. */
  readonly onCall?: (call: CallName, region: string) => void;
}

/** What one call may ask for besides the SDK's own options. */
export interface CallOptions extends HttpHandlerOptions {
  /**
   * Attempts at most, whatever it fails by: 1 where the caller has to look first at what has become of it, a few where an
   * answer is of no use after a minute.
   */
  readonly attempts?: number;
}

/** Retries after errors of AWS or the network; throttles have their own, larger number. */
const FAILED_ATTEMPTS = 4;
const THROTTLED_ATTEMPTS = 12;
const BACKOFF_MS = 200;
const BACKOFF_CAP_MS = 20_000;

type AnyCommand = { readonly input: object; readonly schema?: unknown };
interface RawClient {
  send(command: AnyCommand, options?: object): Promise<object>;
  readonly config: object;
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
}

/** Makes governed clients, one per constructor, on first use. Every error they throw is an EvenkeelError. */
export function clientFactory(options: ClientOptions): <C>(clientClass: ClientConstructor<C>) => C {
  const made = new Map<unknown, unknown>();
  return <C>(clientClass: ClientConstructor<C>): C => {
    const known = made.get(clientClass);
    if (known) return known as C;
    const client = createClient(clientClass as ClientConstructor<RawClient>, options);
    made.set(clientClass, client);
    return client as C;
  };
}

function createClient(clientClass: ClientConstructor<RawClient>, options: ClientOptions): RawClient {
  const { wire } = options;
  if (wire.kind === "direct") {
    const direct = Object.create(clientClass.prototype) as RawClient;
    const send = (command: AnyCommand) => {
      const { namespace, operation } = schemaOf(command);
      return wire.call({ namespace, operation, input: command.input, region: options.region });
    };
    return Object.assign(direct, { config: {}, send: governedSend(send, options) });
  }
  const client = new clientClass({
    region: options.region,
    credentials: wire.credentials,
    requestHandler: wire.handler ?? httpHandler(),
    // Retries are ours: they wait on our clock and tell the governor.
    maxAttempts: 1,
    ...(wire.endpoint ? { endpoint: wire.endpoint } : {}),
    // S3 on an emulator has no bucket host names.
    ...(wire.endpoint ? { forcePathStyle: true } : {}),
    // Else SQS calls the host in the queue's URL, which behind an emulator can be the real AWS.
    useQueueUrlAsEndpoint: false,
  } as never);
  client.middlewareStack.add(refuseHtml(options.region), { step: "deserialize", priority: "low", name: "refuseHtml" });
  const raw = client.send.bind(client);
  client.send = governedSend((command) => raw(command, { abortSignal: options.signal }), options);
  return client;
}

function governedSend(send: (command: AnyCommand) => Promise<object>, options: ClientOptions) {
  const { governor, clock, signal, region } = options;
  return async (command: AnyCommand, { attempts = THROTTLED_ATTEMPTS }: CallOptions = {}): Promise<object> => {
    const { namespace, operation } = schemaOf(command);
    const call: CallName = { service: signingName(namespace), operation };
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      await governor.take(call, options, command.input, { signal, again: attempt > 1 });
      options.onCall?.(call, region);
      try {
        return await send(command);
      } catch (cause) {
        signal.throwIfAborted();
        const error = translate(cause, call, region);
        if (error.code === "THROTTLED") governor.throttled(call, options, command.input);
        if (attempt >= Math.min(attempts, attemptsFor(error))) throw error;
        await clock.sleep(backoff(attempt), signal);
      }
    }
  };
}

function attemptsFor(error: EvenkeelError): number {
  if (error.code === "THROTTLED") return THROTTLED_ATTEMPTS;
  return error.code === "AWS_FAILED" || error.code === "NETWORK" ? FAILED_ATTEMPTS : 1;
}

/** Exponential with half of it jitter, so that many waiting calls do not come back at once. */
function backoff(attempt: number): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** attempt);
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

/** Operation schemas are tuples: [9, namespace, operation name, …]. */
function schemaOf(command: AnyCommand): { namespace: string; operation: string } {
  const schema = command.schema as readonly [number, string, string] | undefined;
  if (!schema) throw new EvenkeelError("BUG", "an SDK command without a schema");
  return { namespace: schema[1], operation: schema[2] };
}

const SIGNING_NAME: Readonly<Record<string, string>> = {
  applicationautoscaling: "application-autoscaling",
  cloudwatch: "monitoring",
  cloudwatchlogs: "logs",
  costexplorer: "ce",
  databasemigrationservice: "dms",
  elasticloadbalancingv2: "elasticloadbalancing",
  resourcegroupstaggingapi: "tagging",
  emr: "elasticmapreduce",
  eventbridge: "events",
  opensearch: "es",
};

/** `com.amazonaws.cloudwatchlogs` -> `logs`. */
function signingName(namespace: string): string {
  const name = namespace.slice(namespace.lastIndexOf(".") + 1);
  return SIGNING_NAME[name] ?? name;
}
