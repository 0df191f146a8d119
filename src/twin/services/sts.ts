import { AwsFault, service } from "../service.ts";

export const sts = service(
  { namespace: "com.amazonaws.sts", signingName: "sts" },
  () => import("@aws-sdk/client-sts"),
  {
    GetCallerIdentity(_input, call) {
      return { Account: call.account, Arn: call.caller, UserId: "AIDATWIN" };
    },

    /** Any role of any account of the world may be assumed; its keys are remembered. */
    AssumeRole(input, call) {
      const [, , , , account = "", role = ""] = (input.RoleArn ?? "").split(":");
      if (!call.world.accounts[account])
        throw new AwsFault("AccessDenied", `not authorized to assume ${input.RoleArn}`, 403);
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
