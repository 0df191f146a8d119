import type { Aws } from "../awscli.ts";
import { cognito, FIXED_RESPONSE, forwardTo, OIDC, REDIRECT, stickyForwardTo, weighted } from "./actions.ts";
import { type Balancer, makeBalancer } from "./balancer.ts";

/** Everything that load shedding is set up with in an account, made by awscli. */
export interface Site extends Balancer {
  readonly name: string;
  readonly alarm: string;
  /** What brings the next step about; what fails three times goes to the other one. */
  readonly queue: string;
  readonly deadLetters: string;
  readonly topic: string;
  /** The topic's subscriber. */
  readonly inbox: string;
  readonly table: string;
  readonly bucket: string;
}

/** ARNs by what they are there for. */
type Rules = Readonly<Record<"oidc" | "host" | "cognito" | "others" | "redirect" | "closed" | "alone", string>>;

type Cli = Pick<Aws, "text" | "call">;

/** A balancer whose listener has rules of every kind, and what it is shed with. */
export async function makeSite(aws: Cli, name: string): Promise<Site & { readonly rules: Rules }> {
  const certificate = await aws.text(
    `acm request-certificate --domain-name ${name}.example.com --query CertificateArn`,
  );
  const balancer = await makeBalancer(aws, name, certificate);
  const rules = await makeRules(aws, name, balancer);
  return { ...(await completeSite(aws, name, balancer)), rules };
}

/** Adds to a balancer what shedding works with. */
export async function completeSite(aws: Cli, name: string, balancer: Balancer): Promise<Site> {
  const alarm = `${name}-overrun`;
  const value = (arn: string, kind: string) => arn.slice(arn.indexOf(kind));
  await aws.call(
    `cloudwatch put-metric-alarm --alarm-name ${alarm} --namespace AWS/ApplicationELB --metric-name RequestCountPerTarget --statistic Sum --period 60 --evaluation-periods 3 --threshold 500 --comparison-operator GreaterThanThreshold --dimensions`,
    [
      { Name: "LoadBalancer", Value: value(balancer.balancer, "app/") },
      { Name: "TargetGroup", Value: value(balancer.groups.web, "targetgroup/") },
    ],
  );
  const queue = (kind: string, attributes: object = {}) =>
    aws.text(`sqs create-queue --queue-name ${name}-${kind} --query QueueUrl --attributes`, attributes);
  const arnOf = (url: string) =>
    aws.text(`sqs get-queue-attributes --queue-url ${url} --attribute-names QueueArn --query Attributes.QueueArn`);
  const deadLetters = await queue("dead");
  const redrive = { deadLetterTargetArn: await arnOf(deadLetters), maxReceiveCount: 3 };
  const inbox = await queue("inbox");
  const topic = await aws.text(`sns create-topic --name ${name} --query TopicArn`);
  await aws.call(`sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${await arnOf(inbox)}`);
  await aws.call(
    `dynamodb create-table --table-name ${name} --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=sk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH AttributeName=sk,KeyType=RANGE`,
  );
  const bucket = `${name}-ledger`;
  await aws.call(`s3api create-bucket --bucket ${bucket} --create-bucket-configuration LocationConstraint=eu-west-1`);
  return {
    ...balancer,
    name,
    alarm,
    queue: await queue("steps", { RedrivePolicy: JSON.stringify(redrive) }),
    deadLetters,
    topic,
    inbox,
    table: name,
    bucket,
  };
}

/** Rules that carry the primary in three ways, and four that must be left alone. */
async function makeRules(aws: Cli, name: string, { listener, groups }: Balancer): Promise<Rules> {
  const { web, standby, spare } = groups;
  const pool = (await aws.call(
    `cognito-idp create-user-pool --pool-name ${name} --query UserPool.{arn:Arn,id:Id}`,
  )) as { readonly arn: string; readonly id: string };
  const client = await aws.text(
    `cognito-idp create-user-pool-client --user-pool-id ${pool.id} --client-name ${name} --query UserPoolClient.ClientId`,
  );
  let priority = 0;
  const make = (condition: string | object, ...actions: readonly object[]) => {
    const ordered = actions.map((action, index) => ({ ...action, Order: index + 1 }));
    priority += 10;
    return aws.text(
      `elbv2 create-rule --listener-arn ${listener} --priority ${priority} --query Rules[0].RuleArn --conditions`,
      condition,
      "--actions",
      ordered,
    );
  };
  return {
    oidc: await make("Field=path-pattern,Values=/staff/*", OIDC, stickyForwardTo(weighted(web, 90, standby, 10))),
    host: await make(
      [{ Field: "host-header", HostHeaderConfig: { Values: ["api.example.com", "*.api.example.com"] } }],
      forwardTo(weighted(web, 70, standby, 20, spare, 10)),
    ),
    cognito: await make(
      "Field=path-pattern,Values=/account/*",
      cognito(pool.arn, client),
      stickyForwardTo(weighted(standby, 0, web, 200)),
    ),
    others: await make("Field=path-pattern,Values=/static/*", forwardTo(weighted(standby, 50, spare, 50))),
    redirect: await make("Field=path-pattern,Values=/old/*", REDIRECT),
    closed: await make("Field=path-pattern,Values=/closed/*", FIXED_RESPONSE),
    alone: await make("Field=path-pattern,Values=/alone/*", { Type: "forward", TargetGroupArn: web }),
  };
}

interface Rule {
  readonly Priority: string;
  readonly Actions: readonly {
    readonly ForwardConfig?: { readonly TargetGroups: readonly { readonly Weight: number }[] };
  }[];
}

/** What awscli says of a listener and its rules. */
export interface Described {
  /** Its own words. */
  readonly text: string;
  /** The same without the weights. */
  readonly rest: string;
  /** By priority: the weights of each forward action, as they stand there. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

export async function describeSite(aws: Cli, { listener }: Pick<Balancer, "listener">): Promise<Described> {
  const { Rules } = (await aws.call(`elbv2 describe-rules --listener-arn ${listener}`)) as {
    readonly Rules: readonly Rule[];
  };
  const listeners = await aws.call(`elbv2 describe-listeners --listener-arns ${listener}`);
  const text = JSON.stringify([Rules, listeners], null, 1);
  const spread = Rules.flatMap(({ Priority, Actions }) => {
    const groups = Actions.flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? []);
    return groups.length === 0 ? [] : [[Priority, groups.map(({ Weight }) => Weight)] as const];
  });
  return { text, rest: text.replace(/"Weight": \d+/g, '"Weight": *'), weights: Object.fromEntries(spread) };
}
