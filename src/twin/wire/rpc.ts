import { CborCodec } from "@smithy/core/cbor";
import { JsonCodec2 } from "@smithy/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { ShapeSerializer } from "@smithy/types";
import { toJson } from "../../model/json.ts";
import type { Exchange, Operation, Protocol, WireError, WireRequest } from "./exchange.ts";
import { senderOrReceiver } from "./query.ts";
import type { ReadDocument } from "./rest-input.ts";

/** How JSON protocols write what JSON has no form for: seconds since the epoch for dates, base64 for bytes. */
export const JSON_SETTINGS = { timestampFormat: { useTrait: true, default: 7 } } as const;

const json = new JsonCodec2({ ...JSON_SETTINGS, jsonName: false });
const cbor = new CborCodec();

/** AWS JSON 1.0 and 1.1: the operation is in X-Amz-Target, everything else in the body. */
export const awsJson: Protocol = {
  read: (operation, request) =>
    readBody(operation, request, (schema, body) => json.createDeserializer().read(schema, body.toString())),
  write: (operation, output, { request }) => ({
    status: 200,
    headers: { "content-type": request.headers["content-type"] ?? "application/x-amz-json-1.1" },
    body: encode(json.createSerializer(), operation.schema[5], output),
  }),
  error: (error, exchange) => ({
    status: error.status,
    headers: {
      "content-type": exchange.request.headers["content-type"] ?? "application/x-amz-json-1.1",
      "x-amzn-errortype": error.shape,
      ...queryError(error, exchange),
    },
    body: JSON.stringify({ ...error.members, __type: error.shape, [error.messageMember]: error.message }),
  }),
};

const CBOR_HEADERS = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" } as const;

/** Smithy's RPC in CBOR: the operation is in the path. */
export const rpcCbor: Protocol = {
  read: (operation, request) =>
    readBody(operation, request, (schema, body) => cbor.createDeserializer().read(schema, body)),
  write: (operation, output) => ({
    status: 200,
    headers: CBOR_HEADERS,
    body: encode(cbor.createSerializer(), operation.schema[5], output),
  }),
  error: (error, exchange) => ({
    status: error.status,
    headers: { ...CBOR_HEADERS, ...queryError(error, exchange) },
    body: encode(cbor.createSerializer(), DOCUMENT, { __type: error.shape, [error.messageMember]: error.message }),
  }),
};

/** The SDK's number for a value of any shape. */
const DOCUMENT = 15;

async function readBody(operation: Operation, { body }: WireRequest, read: ReadDocument): Promise<object> {
  if (body.length === 0 || operation.schema[4] === "unit") return {};
  return toJson(await read(NormalizedSchema.of(operation.schema[4] as never), body)) as object;
}

export function encode(
  serializer: ShapeSerializer<string | Uint8Array>,
  schema: unknown,
  value: object,
): string | Uint8Array {
  if (schema === "unit") serializer.write(DOCUMENT as never, {});
  else serializer.write(schema as never, value);
  const written = serializer.flush();
  // The JSON codec's bytes are of a class of its own that plays a string.
  return typeof written === "string" ? written : Buffer.from(written.buffer, written.byteOffset, written.byteLength);
}

/** Services that once spoke query tell its error code beside the shape's name, to clients that ask for it. */
function queryError(error: WireError, { request }: Exchange): Record<string, string> {
  if (request.headers["x-amzn-query-mode"] !== "true") return {};
  return { "x-amzn-query-error": `${error.code};${senderOrReceiver(error)}` };
}
