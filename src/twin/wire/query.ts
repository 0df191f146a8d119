import { NormalizedSchema } from "@smithy/core/schema";
import type { Exchange, Operation, Protocol, WireError, WireRequest, WireResponse } from "./exchange.ts";
import { formTree } from "./form.ts";
import { type FormDialect, formReader } from "./form-reader.ts";
import { escapeXml, xmlContent } from "./xml-writer.ts";

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The fields of a query request: its body, or its query string. */
export function formFields(request: WireRequest): Iterable<readonly [string, string]> {
  if (request.body.length > 0) return new URLSearchParams(request.body.toString());
  return Object.entries(request.query).map(([name, texts]) => [name, texts[0] ?? ""] as const);
}

/** AWS query: `Action=ListRoles&Version=…`, answered by `<ListRolesResponse><ListRolesResult>`. */
export const awsQuery: Protocol = {
  read: (operation, request) => readForm(operation, request, "query"),
  write(operation, output, exchange) {
    const { name } = operation;
    const parts = [XML_HEAD, `<${name}Response xmlns="${namespaceOf(exchange)}">`];
    const schema = NormalizedSchema.of(operation.schema[5] as never);
    if (!schema.isUnitSchema()) {
      parts.push(`<${name}Result>`);
      xmlContent(schema)(output, parts);
      parts.push(`</${name}Result>`);
    }
    parts.push(`<ResponseMetadata><RequestId>${exchange.requestId}</RequestId></ResponseMetadata></${name}Response>`);
    return xmlResponse(200, parts.join(""));
  },
  error: (error, exchange) =>
    xmlResponse(
      error.status,
      `<ErrorResponse xmlns="${namespaceOf(exchange)}"><Error><Type>${senderOrReceiver(error)}</Type>${codeAndMessage(error)}</Error>` +
        `<RequestId>${exchange.requestId}</RequestId></ErrorResponse>`,
    ),
};

/** EC2's variant: lists are flattened in requests and nothing stands between the response and its members. */
export const ec2Query: Protocol = {
  read: (operation, request) => readForm(operation, request, "ec2"),
  write(operation, output, exchange) {
    const { name } = operation;
    const parts = [
      XML_HEAD,
      `<${name}Response xmlns="${namespaceOf(exchange)}"><requestId>${exchange.requestId}</requestId>`,
    ];
    const schema = NormalizedSchema.of(operation.schema[5] as never);
    if (schema.isUnitSchema()) parts.push("<return>true</return>");
    else xmlContent(schema)(output, parts);
    parts.push(`</${name}Response>`);
    return xmlResponse(200, parts.join(""));
  },
  error: (error, exchange) =>
    xmlResponse(
      error.status,
      `<Response><Errors><Error>${codeAndMessage(error)}</Error></Errors><RequestID>${exchange.requestId}</RequestID></Response>`,
    ),
};

function readForm(operation: Operation, request: WireRequest, dialect: FormDialect): object {
  const schema = NormalizedSchema.of(operation.schema[4] as never);
  if (schema.isUnitSchema()) return {};
  return formReader(schema, dialect)(formTree(formFields(request))) as object;
}

/** The XML namespace as AWS's services form it from the API version that was asked for. */
function namespaceOf({ request, scope }: Exchange): string {
  const version = new Map(formFields(request)).get("Version") ?? "";
  return `http://${scope.service}.amazonaws.com/doc/${escapeXml(version)}/`;
}

export function xmlResponse(status: number, body: string): WireResponse {
  return { status, headers: { "content-type": "text/xml" }, body };
}

export function codeAndMessage(error: WireError): string {
  return `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
}

export function senderOrReceiver(error: WireError): "Sender" | "Receiver" {
  return error.status < 500 ? "Sender" : "Receiver";
}
