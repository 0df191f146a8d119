import { createHash } from "node:crypto";
import type { FunctionConfiguration, ProvisionedConcurrencyConfigListItem } from "@aws-sdk/client-lambda";
import { AwsFault, type Call, page, type Stored, type Table } from "../../service.ts";

/** A function's unpublished version, and what hangs on the function. */
export interface FunctionRow {
  configuration: Stored<FunctionConfiguration>;
  tags: Record<string, string>;
  /** Undefined = no reservation, which is not the same as zero. */
  reserved?: number | undefined;
  /** Statements of the resource policy, in order of their making. */
  statements: PolicyStatement[];
  versions: Stored<FunctionConfiguration>[];
  aliases: Record<string, AliasRow>;
  /** By qualifier. */
  provisioned: Record<string, Stored<ProvisionedConcurrencyConfigListItem>>;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: string | { readonly [kind: string]: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

export interface AliasRow {
  Name: string;
  AliasArn: string;
  FunctionVersion: string;
  Description: string;
  RevisionId: string;
}

export const functions = (call: Call): Table<FunctionRow> => call.table<FunctionRow>("lambda.function");

/** The name in a name, a partial or a whole ARN, without version or alias. */
export function nameOf(text: string | undefined): string {
  const parts = (text ?? "").split(":");
  const at = parts.indexOf("function");
  return (at < 0 ? parts[0] : parts[at + 1]) ?? "";
}

export function functionNamed(call: Call, text: string | undefined): FunctionRow {
  const name = nameOf(text);
  const row = functions(call).get(name);
  if (!row) throw notFound(`Function not found: ${call.arn("lambda", `function:${name}`)}`);
  return row;
}

export function notFound(message: string): AwsFault {
  return new AwsFault("ResourceNotFoundException", message, 404);
}

export function invalid(message: string): AwsFault {
  return new AwsFault("InvalidParameterValueException", message);
}

/** Lambda gives no more than its own maximum, however many are asked for. Source: API reference, ListFunctions. */
export function marked<T>(
  items: readonly T[],
  input: { Marker?: string | undefined; MaxItems?: number | undefined },
  most: number,
) {
  const max = Math.min(input.MaxItems ?? most, most);
  const { items: cut, next } = page(
    items,
    { token: input.Marker, max },
    { max: most, invalid: "InvalidParameterValueException" },
  );
  return { cut, NextMarker: next };
}

/** Lambda writes its times so: 2026-01-05T09:00:00.000+0000. */
export const lambdaTime = (call: Call): string => call.now().replace("Z", "+0000");

/** A change of code or settings gives a new revision. */
export function touch(row: FunctionRow, call: Call): void {
  row.configuration.LastModified = lambdaTime(call);
  row.configuration.RevisionId = call.uuid();
}

interface Code {
  readonly ZipFile?: string | Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** @returns what AWS tells of the code: size and hash */
export function codeOf({ ZipFile, ...elsewhere }: Code): { CodeSize: number; CodeSha256: string } {
  const bytes =
    typeof ZipFile === "string" ? Buffer.from(ZipFile, "base64") : Buffer.from(ZipFile ?? JSON.stringify(elsewhere));
  const hash = createHash("sha256").update(bytes);
  // The hash of an image is its digest, in hex; of a package, base64.
  return {
    CodeSize: elsewhere.ImageUri ? 0 : bytes.length,
    CodeSha256: hash.digest(elsewhere.ImageUri ? "hex" : "base64"),
  };
}
