import { isJsonObject, type Json } from "../../../model/json.ts";
import type { Resource } from "../../../model/resource.ts";
import { GROUP_DESCRIPTION, isOwnName, ROLE_DESCRIPTION } from "./names.ts";

/** Whether a security group is a build's own: by its name or by Packer's exact description. */
export function isTemporaryGroup({ id, name = id, configuration }: Resource): boolean {
  return name.startsWith("packer_") || configuration.Description === GROUP_DESCRIPTION;
}

/**
 * Only by Packer's UUID: a profile named `packer-builders` is what people give to all of their builds
 * (`iam_instance_profile`), and the next build would fail without it.
 */
export function isOwnProfile({ id }: Resource, now: number): boolean {
  return isOwnName(id, now);
}

/** By Packer's UUID or its exact description, and trusted by EC2 alone: a role of CodeBuild may be named packer-builder. */
export function isOwnRole(role: Resource, now: number): boolean {
  const { id, configuration } = role;
  return trustsOnlyEc2(role) && (isOwnName(id, now) || configuration.Description === ROLE_DESCRIPTION);
}

/** Of China's partition the service is `ec2.amazonaws.com.cn`. */
const EC2 = /^ec2\.amazonaws\.com(\.cn)?$/;

/** Whether nobody but EC2 may assume a role. What can't be read or judged is not so. */
export function trustsOnlyEc2({ configuration }: Resource): boolean {
  const trust = configuration.AssumeRolePolicyDocument;
  if (!isJsonObject(trust)) return false;
  const statements = listOf(trust.Statement);
  return statements.length > 0 && statements.every(isOfEc2);
}

function isOfEc2(statement: Json): boolean {
  if (!isJsonObject(statement)) return false;
  const { Principal } = statement;
  if (!isJsonObject(Principal) || Object.keys(Principal).join() !== "Service") return false;
  const services = listOf(Principal.Service);
  return services.length > 0 && services.every((each) => typeof each === "string" && EC2.test(each));
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}
