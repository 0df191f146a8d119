import type { PolicyStatement } from "../../../src/verbs/iam/policy.ts";
import { withinLimit } from "../../../src/verbs/iam/policy.ts";
import type { Aws } from "../awscli.ts";

type Cli = Pick<Aws, "call" | "text">;

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** Temporary credentials as environment variables. */
export type Credentials = Readonly<Record<"AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN", string>>;

/** A role with these statements and no others, in policies of the size that AWS takes; and credentials of a session of it. */
export async function assumed(aws: Cli, role: string, statements: readonly PolicyStatement[]): Promise<Credentials> {
  const arn = await aws.text(
    `iam create-role --role-name ${role} --query Role.Arn --assume-role-policy-document`,
    TRUST,
  );
  for (const [index, document] of withinLimit({ Version: "2012-10-17", Statement: filled(statements) }).entries()) {
    const policy = await aws.text(
      `iam create-policy --policy-name ${role}-${index} --query Policy.Arn --policy-document`,
      document,
    );
    await aws.call(`iam attach-role-policy --role-name ${role} --policy-arn ${policy}`);
  }
  const { Credentials: made } = (await aws.call(`sts assume-role --role-session-name a-test --role-arn ${arn}`)) as {
    readonly Credentials: Readonly<Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string>>;
  };
  return {
    AWS_ACCESS_KEY_ID: made.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: made.SecretAccessKey,
    AWS_SESSION_TOKEN: made.SessionToken,
  };
}

function filled(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const places = { partition: "aws", account: "123456789012" };
  const text = Object.entries(places).reduce(
    (all, [word, value]) => all.replaceAll(`{${word}}`, value),
    JSON.stringify(statements),
  );
  return JSON.parse(text) as PolicyStatement[];
}

/** While the work is done IAM is enforced for whoever calls; before and after nobody is asked who he is. */
export async function enforced<T>(url: string, work: () => Promise<T>): Promise<T> {
  const enforceAfter = (calls: number | "inf") =>
    fetch(`${url}/moto-api/reset-auth`, { method: "POST", body: String(calls) });
  await enforceAfter(0);
  try {
    return await work();
  } finally {
    await enforceAfter("inf");
  }
}

/** The statements without an action. */
export function without(statements: readonly PolicyStatement[], action: string): PolicyStatement[] {
  return statements.flatMap((each) => {
    const Action = each.Action.filter((one) => one !== action);
    return Action.length > 0 ? [{ ...each, Action }] : [];
  });
}
