import type { JsonObject } from "../model/json.ts";
import type { World, WorldAccount } from "./world.ts";

/** An SDK shape as the world stores it: plain JSON with dates as ISO texts. */
export type Stored<T> = T extends Date
  ? string
  : T extends Uint8Array
    ? string
    : T extends readonly (infer U)[]
      ? Stored<U>[]
      : T extends object
        ? { [K in keyof T]: Stored<T[K]> }
        : T;

/** A kind of row in one account and region. Rows are live: changing one changes the world. */
export interface Table<T> {
  get(key: string): T | undefined;
  put(key: string, row: T): T;
  delete(key: string): boolean;
  /** In order of creation. */
  all(): T[];
}

/** What a behaviour is given besides the input. */
export interface Call {
  readonly world: World;
  readonly account: string;
  readonly accountRow: WorldAccount;
  readonly partition: string;
  readonly region: string;
  /** Who calls, as an ARN. */
  readonly caller: string;
  readonly operation: string;
  /** Now on the virtual clock, ISO. */
  now(): string;
  /** Milliseconds on the virtual clock. */
  millis(): number;
  /** Rows of a kind (`ec2.instance`) here; `region` = elsewhere in the account (`global` for global services). */
  table<T extends object = JsonObject>(kind: string, region?: string): Table<T>;
  /** The next deterministic id: `i-` and 17 hex digits. */
  id(prefix: string, hexDigits?: number): string;
  /** A deterministic UUID. */
  uuid(): string;
  /** `arn:PARTITION:service:REGION:ACCOUNT:resource`. */
  arn(service: string, resource: string): string;
  /** Same, without a region. */
  globalArn(service: string, resource: string): string;
}

/** An AWS error answer. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;
  /** What the error's shape has besides its message. */
  readonly members: object;

  constructor(code: string, message: string, status = 400, members: object = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

type CommandOf<Sdk, Name extends string> = `${Name}Command` extends keyof Sdk ? Sdk[`${Name}Command`] : never;
type InputOf<C> = C extends abstract new (...args: never) => { readonly input: infer I } ? Stored<I> : never;

/**
 * The behaviour of a service: input in, output out, world changed. Outputs are built of stored rows; the walk over the
 * operation's schema that follows (conform.ts) drops what the shape does not have and turns ISO texts into dates.
 */
export type Operations<Sdk> = {
  readonly [Name in keyof Sdk as Name extends `${infer Op}Command` ? Op : never]?: Name extends `${infer Op}Command`
    ? (input: NonNullable<InputOf<CommandOf<Sdk, Op>>>, call: Call) => object | void
    : never;
};

export interface TwinService {
  /** `com.amazonaws.ec2` */
  readonly namespace: string;
  /** As in the signature's credential scope: `ec2`. */
  readonly signingName: string;
  /** The SDK package's module: schemas are read from it. */
  readonly sdk: () => Promise<object>;
  readonly operations: Readonly<Record<string, (input: never, call: Call) => object | void>>;
}

/** Declares a service with its operations typed by the SDK's commands. */
export function service<Sdk extends object>(
  names: { readonly namespace: string; readonly signingName: string },
  sdk: () => Promise<Sdk>,
  operations: NoInfer<Operations<Sdk>>,
): TwinService {
  let module: Promise<Sdk> | undefined;
  const once = () => {
    module ??= sdk();
    return module;
  };
  return { ...names, sdk: once, operations: operations as TwinService["operations"] };
}

/** Cuts a list into the page that was asked for; tokens are opaque to callers. */
export function page<T>(
  items: readonly T[],
  request: { readonly token?: string | undefined; readonly max?: number | undefined },
  limits: { readonly min?: number; readonly max: number; readonly invalid?: string },
): { readonly items: T[]; readonly next: string | undefined } {
  const size = request.max ?? limits.max;
  if (size < (limits.min ?? 1) || size > limits.max)
    throw new AwsFault(
      limits.invalid ?? "ValidationError",
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${limits.min ?? 1} and ${limits.max}.`,
    );
  const start = request.token ? Number(Buffer.from(request.token, "base64url").toString().replace(/^at:/, "")) : 0;
  if (!Number.isInteger(start) || start < 0) throw new AwsFault("InvalidNextToken", "The token is not valid.");
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`at:${end}`).toString("base64url") : undefined,
  };
}

/** `[{Key, Value}]` to a map and back: most services have the list. */
export function tagMap(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
