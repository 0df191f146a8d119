import { XmlShapeDeserializer } from "@aws-sdk/core/protocols";
import { JsonCodec2 } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { inBody } from "./bindings.ts";
import type { Exchange, Protocol, WireError } from "./exchange.ts";
import { codeAndMessage, senderOrReceiver, XML_HEAD, xmlResponse } from "./query.ts";
import { readRest } from "./rest-input.ts";
import { type WriteDocument, writeRest } from "./rest-output.ts";
import { encode, JSON_SETTINGS } from "./rpc.ts";
import { traitsOf } from "./traits.ts";
import { escapeXml, type WriteXml, xmlElement, xmlMembers } from "./xml-writer.ts";

const json = new JsonCodec2({ ...JSON_SETTINGS, jsonName: true });

const JSON_DOCUMENT: WriteDocument = {
  contentType: "application/json",
  // The codec writes the members that the value has: those bound to headers must be gone.
  write: (schema, value) =>
    encode(json.createSerializer(), schema, schema.isStructSchema() ? bodyMembers(schema, value) : value),
};

function bodyMembers(schema: NormalizedSchema, value: object): object {
  const outside = [...schema.structIterator()].filter(([, member]) => !inBody(member));
  if (outside.length === 0) return value;
  return { ...value, ...Object.fromEntries(outside.map(([name]) => [name, undefined])) };
}

/** REST with JSON bodies: Lambda, EKS. */
export const restJson: Protocol = {
  read: (operation, request, labels) =>
    readRest(operation, request, labels, (schema, body) => json.createDeserializer().read(schema, body.toString())),
  write: (operation, output) => writeRest(operation, output as never, JSON_DOCUMENT),
  error: (error) => ({
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-errortype": error.shape },
    body: JSON.stringify({ [error.messageMember]: error.message }),
  }),
};

const XML_SETTINGS = {
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: true,
  xmlNamespace: "",
  serviceNamespace: "",
} as const;

const XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/";
const roots = new WeakMap<object, WriteXml>();

const XML_DOCUMENT: WriteDocument = {
  contentType: "application/xml",
  write(schema, value) {
    const key = schema.getSchema() as object;
    const write = roots.get(key) ?? rootWriter(schema);
    roots.set(key, write);
    const parts: string[] = [XML_HEAD];
    write(value, parts);
    return parts.join("");
  },
};

function rootWriter(schema: NormalizedSchema): WriteXml {
  const name = traitsOf(schema).xmlName ?? schema.getName() ?? "";
  if (schema.isMemberSchema()) return xmlElement(schema, name);
  const members = unwrapped(schema, name) ?? xmlMembers(schema, inBody);
  return (value, parts) => {
    parts.push(`<${name} xmlns="${XMLNS}">`);
    members(value, parts);
    parts.push(`</${name}>`);
  };
}

/** GetBucketLocation's only member has the root's name and is the root's text. Source: S3 API reference, GetBucketLocation. */
function unwrapped(schema: NormalizedSchema, root: string): WriteXml | undefined {
  const members = [...schema.structIterator()];
  if (members.length !== 1 || members[0]?.[0] !== root) return undefined;
  return (value, parts) => parts.push(escapeXml(String((value as Record<string, unknown>)[root] ?? "")));
}

/** REST with XML bodies: S3. */
export const restXml: Protocol = {
  read: (operation, request, labels) =>
    readRest(operation, request, labels, (schema, body) => new XmlShapeDeserializer(XML_SETTINGS).read(schema, body)),
  write: (operation, output) => writeRest(operation, output as never, XML_DOCUMENT),
  error: (error, exchange) =>
    xmlResponse(error.status, exchange.request.method === "HEAD" ? "" : `${XML_HEAD}${errorBody(error, exchange)}`),
};

function errorBody(error: WireError, { scope, requestId }: Exchange): string {
  const plain = codeAndMessage(error);
  if (scope.service === "s3") return `<Error>${plain}<RequestId>${requestId}</RequestId><HostId>twin</HostId></Error>`;
  return `<ErrorResponse><Error><Type>${senderOrReceiver(error)}</Type>${plain}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
