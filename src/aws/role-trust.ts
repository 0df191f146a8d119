import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import type { Connection } from "./connection.ts";

/** What of a trust policy's statement tells who may come in, and how. */
export interface TrustStatement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly AWS?: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The statements of a role's trust policy. @throws EvenkeelError NOT_FOUND, ACCESS_DENIED */
export async function trustStatements(
  { client, globalRegion }: Connection,
  name: string,
): Promise<readonly TrustStatement[]> {
  const answer = await client(IAMClient, globalRegion, "read").send(new GetRoleCommand({ RoleName: name }));
  // IAM gives documents URL-encoded.
  const text = decodeURIComponent(answer.Role?.AssumeRolePolicyDocument ?? "{}");
  const { Statement = [] } = JSON.parse(text) as { Statement?: TrustStatement | TrustStatement[] };
  return [Statement].flat();
}
