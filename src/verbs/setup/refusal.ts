import type { Connection } from "../../aws/connection.ts";
import { type TrustStatement, trustStatements } from "../../aws/role-trust.ts";
import type { RoleArn } from "../../model/arn.ts";
import { isError } from "../../model/errors.ts";

/* Why a role could not be assumed. AWS answers the same "access denied" to all of it, so the role itself is looked at. */

/** What of the trust policy matters, and what the person gave towards it. */
export interface Given {
  readonly externalId?: string | undefined;
  readonly mfaSerial?: string | undefined;
}

/** What is wrong, as a sentence, and what to do. */
export interface Refusal {
  readonly because: string;
  readonly hint: string;
}

/** @param connection of who tried to assume it */
export async function whyRefused(connection: Connection, role: RoleArn, given: Given): Promise<Refusal> {
  const { account, partition } = connection;
  if (role.partition !== partition)
    return {
      because: `it is of partition ${role.partition} and you are signed in to ${partition}`,
      hint: "take the role's ARN from the partition that your credentials are of",
    };
  if (role.account !== account)
    return {
      because: `it is of account ${role.account}, and its trust policy can't be read from account ${account}`,
      hint: `check that it exists, that it trusts ${account}, ${termsHint}`,
    };
  try {
    const trust = await trustStatements(connection, role.name);
    return judge(trust, role, connection.caller, given);
  } catch (error) {
    if (isError(error, "NOT_FOUND"))
      return {
        because: `account ${account} has no role ${role.name}`,
        hint: "check the name, or make it: `evenkeel setup --template-out FILE` writes a template of it",
      };
    if (!isError(error)) throw error;
    return {
      because: "AWS does not say why, and its trust policy may not be read with these credentials",
      hint: `check that it exists, that it trusts ${connection.caller}, ${termsHint}`,
    };
  }
}

const termsHint = "and whether it asks for an external id (--external-id) or MFA (--mfa-serial)";

function judge(trust: readonly TrustStatement[], role: RoleArn, caller: string, given: Given): Refusal {
  const asked = trust.map(({ Condition }) => Condition ?? {});
  const externalIds = asked.flatMap((each) => [each.StringEquals?.["sts:ExternalId"] ?? []].flat());
  const wantsMfa = asked.some((each) => String(each.Bool?.["aws:MultiFactorAuthPresent"]) === "true");
  if (!trust.some((statement) => names(statement, role, caller)))
    return {
      because: `the trust policy of ${role.name} does not name you (${caller}) or your account`,
      hint: `let it trust arn:${role.partition}:iam::${role.account}:root, or take another role`,
    };
  if (externalIds.length > 0 && !externalIds.includes(given.externalId ?? ""))
    return {
      because: `the trust policy of ${role.name} asks for ${given.externalId ? "another" : "an"} external id`,
      hint: "give the one that was agreed on with --external-id",
    };
  if (wantsMfa && !given.mfaSerial)
    return {
      because: `the trust policy of ${role.name} asks for MFA`,
      hint: "give the device with --mfa-serial ARN; its code is asked for",
    };
  return {
    because: `${role.name} trusts your account, but something else forbids it`,
    hint: "allow yourself sts:AssumeRole on it; if it was made just now, wait some seconds and try again; check the MFA code",
  };
}

/** Whether a statement lets the caller in, its conditions aside. */
function names({ Effect, Principal }: TrustStatement, { account, partition }: RoleArn, caller: string): boolean {
  const [, session] = /:assumed-role\/([^/]+)\//.exec(caller) ?? [];
  const named = typeof Principal === "string" ? [Principal] : [Principal?.AWS ?? []].flat();
  const own = ["*", account, `arn:${partition}:iam::${account}:root`, caller];
  const isOwnRole = (arn: string) => session !== undefined && arn.includes(":role/") && arn.endsWith(`/${session}`);
  return Effect === "Allow" && named.some((each) => own.includes(each) || isOwnRole(each));
}
