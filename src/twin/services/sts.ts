import { AwsFault, type Call, service } from "../service.ts";
import type { RoleRow } from "./iam/rows.ts";

interface Shown {
  readonly ExternalId?: string | undefined;
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly AWS?: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const sts = service(
  { namespace: "com.amazonaws.sts", signingName: "sts" },
  () => import("@aws-sdk/client-sts"),
  {
    GetCallerIdentity(_input, call) {
      return { Account: call.account, Arn: call.caller, UserId: "AIDATWIN" };
    },

    /** A role that exists, and whose trust policy has the caller in it; the role's keys are remembered. */
    AssumeRole(input, call) {
      const [, , , , account = "", role = ""] = (input.RoleArn ?? "").split(":");
      const row = roleAt(call, account, input.RoleArn);
      // A missing role and one that trusts somebody else get the same answer: nobody learns which roles there are.
      if (!row || !statementsOf(row).some((statement) => admits(statement, call, input)))
        throw new AwsFault(
          "AccessDenied",
          `User: ${call.caller} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
          403,
        );
      const AccessKeyId = call.id("ASIA", 16).toUpperCase();
      const name = role.split("/").at(-1);
      const arn = `arn:${call.partition}:sts::${account}:assumed-role/${name}/${input.RoleSessionName}`;
      call.world.accessKeys[AccessKeyId] = { account, arn };
      return {
        Credentials: {
          AccessKeyId,
          SecretAccessKey: "twin",
          SessionToken: "twin",
          Expiration: new Date(call.millis() + (input.DurationSeconds ?? 3600) * 1000).toISOString(),
        },
        AssumedRoleUser: { AssumedRoleId: `AROATWIN:${input.RoleSessionName}`, Arn: arn },
      };
    },
  },
);

function roleAt({ world }: Call, account: string, arn: string | undefined): RoleRow | undefined {
  const rows = Object.values(world.accounts[account]?.regions.global?.["iam.role"] ?? {});
  return rows.find((row) => row.arn === arn) as unknown as RoleRow | undefined;
}

function statementsOf({ trust }: RoleRow): Statement[] {
  const { Statement: found = [] } = JSON.parse(trust) as { Statement?: Statement | Statement[] };
  return [found].flat();
}

/** Callers are taken to be allowed to call sts:AssumeRole themselves: the twin knows no policies of theirs. */
function admits({ Effect, Action, Principal, Condition }: Statement, call: Call, input: Shown): boolean {
  if (Effect !== "Allow" || ![Action].flat().some((action) => action === "sts:AssumeRole" || action === "sts:*"))
    return false;
  const named = typeof Principal === "string" ? [Principal] : [Principal?.AWS ?? []].flat();
  const root = `arn:${call.partition}:iam::${call.account}:root`;
  if (!named.some((each) => ["*", call.account, root, call.caller].includes(each))) return false;
  const external = Condition?.StringEquals?.["sts:ExternalId"];
  if (external !== undefined && ![external].flat().includes(input.ExternalId ?? "")) return false;
  const mfa = Condition?.Bool?.["aws:MultiFactorAuthPresent"];
  return mfa !== "true" || (Boolean(input.SerialNumber) && /^\d{6}$/.test(input.TokenCode ?? ""));
}
