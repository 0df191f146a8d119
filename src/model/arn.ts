import type { AccountId, Arn, Region } from "./brand.ts";
import { GLOBAL } from "./brand.ts";

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
