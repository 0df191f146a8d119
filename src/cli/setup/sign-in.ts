import type { Connection } from "../../aws/connection.ts";
import { parseRoleArn, type RoleArn } from "../../model/arn.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import { whyRefused } from "../../verbs/setup/refusal.ts";
import type { Frame } from "../frame.ts";
import { openConnection } from "../open-connection.ts";
import type { Settings } from "../settings.ts";

const THREE_WAYS = [
  "one of three ways gives this machine credentials:",
  "1. a login in the browser: `aws configure sso`, then `aws sso login`, and --profile NAME here",
  "2. an access key of yours: `aws configure`, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  "3. a machine of AWS (EC2, ECS, Lambda, CloudShell): its role gives them by itself",
  "then run `evenkeel setup` again; `evenkeel demo` shows everything without AWS",
].join("\n");

/** Signs in without any role. @throws EvenkeelError NO_CREDENTIALS with the three ways to have some */
export async function signInAsIs(frame: Frame): Promise<Connection> {
  try {
    return await openConnection(withRole(frame.settings, undefined), frame);
  } catch (error) {
    if (!isError(error, "NO_CREDENTIALS")) throw error;
    throw new EvenkeelError("NO_CREDENTIALS", `no working AWS credentials: ${error.message}`, {
      hint: THREE_WAYS,
      cause: error,
    });
  }
}

/** @throws EvenkeelError USAGE for what is no role's ARN, before any call */
export function checkedRole(text: string): RoleArn {
  try {
    return parseRoleArn(text.trim());
  } catch (cause) {
    throw new EvenkeelError("USAGE", `--role-arn: ${(cause as Error).message}`, {
      hint: "for example arn:aws:iam::111122223333:role/evenkeel-operator",
      cause,
    });
  }
}

/** Assumes the role, to see that it can be. @throws EvenkeelError ACCESS_DENIED saying why it can't, as far as that can be known */
export async function assume(frame: Frame, base: Connection, role: RoleArn): Promise<Connection> {
  const { externalId, mfaSerial } = frame.settings;
  try {
    return await openConnection(withRole(frame.settings, role.arn), frame);
  } catch (error) {
    if (!isError(error, "ACCESS_DENIED")) throw error;
    const { because, hint } = await whyRefused(base, role, {
      externalId: externalId.value,
      mfaSerial: mfaSerial.value,
    });
    throw new EvenkeelError("ACCESS_DENIED", `can't assume ${role.arn}: ${because}`, {
      hint,
      state: "Nothing was changed.",
      cause: error,
    });
  }
}

function withRole(settings: Settings, arn: string | undefined): Settings {
  return { ...settings, roleArn: { value: arn, source: settings.roleArn.source } };
}
