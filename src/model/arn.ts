import type { AccountId, Arn, Region } from "./brand.ts";
import { accountId, GLOBAL } from "./brand.ts";

/** The parts of an ARN; `resource` keeps every further colon and slash. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function isArn(text: string): text is Arn {
  return text.startsWith("arn:") && text.split(":", 6).length === 6;
}

/** @throws TypeError when it has fewer than six parts or does not begin with `arn:` */
export function parseArn(text: string): ArnParts {
  const [head, partition, service, region, account, ...rest] = text.split(":");
  if (head !== "arn" || !partition || !service || rest.length === 0) throw new TypeError(`not an ARN: ${text}`);
  return {
    partition,
    service,
    region: region ?? "",
    account: account ?? "",
    resource: rest.join(":"),
  };
}

/** Of a load balancer; the ARN of a rule of it (`…:listener-rule/…`) is not one. */
export function isListenerArn(arn: string): boolean {
  return arn.includes(":listener/");
}

/** A role's ARN, its path taken apart from its name. */
export interface RoleArn {
  readonly arn: Arn;
  readonly partition: string;
  readonly account: AccountId;
  readonly name: string;
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (names and paths) */
const ROLE = /^role\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/;
const PARTITION = /^aws(-[a-z]+)*$/;

/** @throws TypeError saying what it is instead, when it is not the ARN of an IAM role */
export function parseRoleArn(text: string): RoleArn {
  const { partition, service, region, account, resource } = parseArn(text);
  if (service === "sts" && resource.startsWith("assumed-role/"))
    throw new TypeError(`this names a session of a role; the role itself is arn:${partition}:iam::${account}:role/…`);
  if (service !== "iam" || region !== "" || !resource.startsWith("role/"))
    throw new TypeError(`not the ARN of an IAM role: ${text}`);
  if (!PARTITION.test(partition)) throw new TypeError(`there is no partition "${partition}": ${text}`);
  const name = ROLE.exec(resource)?.[1];
  if (name === undefined) throw new TypeError(`not the path and name of an IAM role: ${resource}`);
  return { arn: text as Arn, partition, account: accountId(account), name };
}

/** What a type's ARN template is filled with. */
export interface ArnContext {
  readonly partition: string;
  readonly account: AccountId;
  readonly region: Region;
  readonly id: string;
}

/** Fills a template such as `arn:{partition}:ec2:{region}:{account}:instance/{id}`. */
export function formatArn(template: string, context: ArnContext): Arn {
  const region = context.region === GLOBAL ? "" : context.region;
  return template
    .replaceAll("{partition}", context.partition)
    .replaceAll("{account}", context.account)
    .replaceAll("{region}", region)
    .replaceAll("{id}", () => context.id) as Arn;
}
