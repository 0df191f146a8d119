import type { Filter } from "@aws-sdk/client-ec2";
import type { Tags } from "../../model/resource.ts";
import type { ReadScope } from "../contract.ts";

/** EC2's Describe actions take no page smaller than this. Source: EC2 API reference, `MaxResults`. */
export const SMALLEST_PAGE = 5;

/** Filters instead of ids: a bulk describe by ids fails as a whole when one of them is gone. */
export function idIs(filter: string, id: string): Filter[] {
  return [{ Name: filter, Values: [id] }];
}

/**
 * VPCs, subnets, route tables and groups that other accounts share through Resource Access Manager are listed beside the
 * account's own. They are not its resources: it can neither change nor delete them.
 * Source: VPC user guide, "Share your VPC subnets with other accounts".
 */
export function isOwn(scope: ReadScope, { OwnerId }: { readonly OwnerId?: string | undefined }): boolean {
  return OwnerId === undefined || OwnerId === scope.account;
}

/**
 * Images and snapshots that are recovery points refuse to be deleted through EC2.
 * Source: AWS Backup developer guide, "Delete backups".
 */
export function isBackup(tags: Tags): boolean {
  return Object.keys(tags ?? {}).some((key) => key.startsWith("aws:backup:"));
}

export async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}
