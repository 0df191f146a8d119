import { isJsonObject } from "../../model/json.ts";
import type { Found } from "../contract.ts";
import { orGone } from "../reading.ts";

/** What stands in a user, a group or a role as its entry reads it. */
interface Configuration {
  readonly AttachedManagedPolicies?: readonly { readonly PolicyArn?: string }[];
  readonly InlinePolicies?: unknown;
  readonly PermissionsBoundary?: object;
}

interface Policies {
  readonly attached: readonly string[];
  readonly inline: readonly string[];
  readonly bounded: boolean;
}

function policiesOf({ configuration }: Found): Policies {
  const { AttachedManagedPolicies = [], InlinePolicies, PermissionsBoundary } = configuration as Configuration;
  return {
    attached: AttachedManagedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    inline: isJsonObject(InlinePolicies) ? Object.keys(InlinePolicies) : [],
    bounded: PermissionsBoundary !== undefined,
  };
}

export function hasPolicies(found: Found): boolean {
  const { attached, inline, bounded } = policiesOf(found);
  return attached.length > 0 || inline.length > 0 || bounded;
}

/** The calls that take policies away from one kind of principal. Groups have no boundary. */
interface Calls {
  readonly detach: (PolicyArn: string) => Promise<unknown>;
  readonly delete: (PolicyName: string) => Promise<unknown>;
  readonly unbound?: () => Promise<unknown>;
}

/** The boundary goes last: without it whatever policies are left would allow more than before. */
export async function takePolicies(found: Found, calls: Calls): Promise<void> {
  const { attached, inline, bounded } = policiesOf(found);
  for (const arn of attached) await orGone(calls.detach(arn));
  for (const name of inline) await orGone(calls.delete(name));
  if (bounded && calls.unbound) await orGone(calls.unbound());
}
