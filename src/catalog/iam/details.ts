import {
  type EntityType,
  type GetAccountAuthorizationDetailsResponse,
  IAMClient,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
} from "@aws-sdk/client-iam";
import type { JsonObject } from "../../model/json.ts";
import type { ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, parseDocument } from "../reading.ts";

/** One call gives a thousand of a kind with their policies and tags; the listings of their own have neither. */
export async function* authorizationDetails(
  scope: ReadScope,
  kind: EntityType,
): AsyncGenerator<GetAccountAuthorizationDetailsResponse> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  yield* paginateGetAccountAuthorizationDetails(paging, { Filter: [kind] });
}

/** Inline policies by name, documents parsed. */
export function inlineDocuments(
  policies: readonly PolicyDetail[] | undefined,
): Record<string, JsonObject | string | undefined> {
  return Object.fromEntries(
    (policies ?? []).map((each) => [each.PolicyName ?? "", parseDocument(each.PolicyDocument)]),
  );
}

/** Only the ARN says something: the type is always the same. */
export function boundary(set: { readonly PermissionsBoundaryArn?: string | undefined } | undefined) {
  return set?.PermissionsBoundaryArn ? { PermissionsBoundaryArn: set.PermissionsBoundaryArn } : undefined;
}

/** Reads inline policies one by one; one that is deleted meanwhile is left out, and its owner is not. */
export async function readInline(
  names: readonly string[],
  read: (name: string) => Promise<PolicyDetail>,
): Promise<PolicyDetail[]> {
  return collect(
    inParallel(names, (name) => orGone(read(name))),
    (policy) => [policy],
  );
}
