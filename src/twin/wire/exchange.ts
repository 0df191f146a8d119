import type { TwinService } from "../service.ts";

/** An HTTP request, whichever way it came in. */
export interface WireRequest {
  readonly method: string;
  /** As sent: percent-encoded, without the query. */
  readonly path: string;
  /** Decoded; a key without a value has `[""]`. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The SDK expects the body as a stream. */
  readonly streaming?: boolean;
}

/** What becomes of a request: an answer, a broken connection, or silence. */
export type WireAnswer =
  | ({ readonly kind: "response" } & WireResponse)
  | { readonly kind: "reset"; readonly message: string }
  | { readonly kind: "timeout"; readonly message: string };

/** Who signed a request, and for which service and region. */
export interface Scope {
  readonly accessKey: string;
  readonly region: string;
  /** The signing name: `ec2`, `monitoring`. */
  readonly service: string;
}

/** The tuple that SDK packages export as `DescribeInstances$`. */
export type OperationSchema = readonly [9, string, string, unknown, unknown, unknown];

/** An operation of a simulated service. */
export interface Operation {
  readonly service: TwinService;
  readonly name: string;
  readonly schema: OperationSchema;
  /** Exports of the SDK package, where its errors are found. */
  readonly sdk: Readonly<Record<string, unknown>>;
}

/** What protocols need besides input or output. */
export interface Exchange {
  readonly request: WireRequest;
  readonly scope: Scope;
  readonly requestId: string;
}

/** An error as it goes over the wire. */
export interface WireError {
  /** The shape's name, `NoSuchEntityException`; the code itself where the SDK has no shape for it. */
  readonly shape: string;
  /** What the query protocols say: `NoSuchEntity`. */
  readonly code: string;
  readonly message: string;
  /** The member of the shape that holds the message: `message` or `Message`. */
  readonly messageMember: string;
  /** What the shape has besides its message. */
  readonly members: object;
  readonly status: number;
}

/** How requests are read and answers written. Labels are the parts of the path that the URI pattern names. */
export interface Protocol {
  read(operation: Operation, request: WireRequest, labels: Readonly<Record<string, string>>): object | Promise<object>;
  write(operation: Operation, output: object, exchange: Exchange): WireResponse;
  error(error: WireError, exchange: Exchange): WireResponse;
}
