import {
  DeleteRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  paginateDescribeRules,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, unknownOf, without } from "../reading.ts";
import { listeners, pagingOf, sized } from "./balancers.ts";
import { readTags, type TagReading, withTags } from "./tags.ts";

/** Only Application Load Balancers have rules: for a gateway's listener DescribeRules says that there is none such. */
const hasRules = ({ ListenerArn = "" }: Listener) => ListenerArn.includes(":listener/app/");

/** Rules can only be listed below a listener. */
async function* rules(scope: ReadScope): AsyncGenerator<Rule> {
  const below = async (listener: Listener) => {
    if (!hasRules(listener)) return undefined;
    const { ListenerArn } = listener;
    return orGone(collect(paginateDescribeRules(pagingOf(scope), sized(scope, { ListenerArn })), (page) => page.Rules));
  };
  for await (const some of inParallel(listeners(scope), below)) yield* some;
}

/** `…:listener/app/web/LB/LISTENER` -> `…:loadbalancer/app/web/LB` */
const balancerOf = (listener: string) => listener.replace(":listener/", ":loadbalancer/").replace(/\/[^/]*$/, "");

/** `…:listener-rule/app/web/LB/LISTENER/RULE` -> `…:listener/app/web/LB/LISTENER` */
const listenerOf = (rule: string) => rule.replace(":listener-rule/", ":listener/").replace(/\/[^/]*$/, "");

function found(rule: Rule, { tags, unknown }: TagReading): Found {
  const arn = rule.RuleArn ?? "";
  const ListenerArn = listenerOf(arn);
  return {
    id: arn,
    arn,
    name: `${arn.split("/")[2]} rule ${rule.Priority}`,
    tags,
    configuration: { ...without(rule, "RuleArn"), ListenerArn, LoadBalancerArn: balancerOf(ListenerArn) },
    ...unknownOf(unknown),
  };
}

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  for await (const [rule, tags] of withTags(scope, rules(scope), (each) => each.RuleArn)) yield found(rule, tags);
}

async function read(scope: ReadScope, arn: string): Promise<Found | undefined> {
  const command = new DescribeRulesCommand({ RuleArns: [arn] });
  const rule = (await scope.client(ElasticLoadBalancingV2Client).send(command)).Rules?.[0];
  const tags = rule && (await readTags(scope, [arn])).get(arn);
  return tags && found(rule, tags);
}

export default {
  list,
  read: (scope, id) => orGone(read(scope, id)),
  removal: {
    inspect: ({ configuration }) =>
      (configuration as Rule).IsDefault
        ? { refuses: "it is the default rule of its listener, and goes with that" }
        : {},
    remove: (scope, { id }) => scope.writer(ElasticLoadBalancingV2Client).send(new DeleteRuleCommand({ RuleArn: id })),
  },
  charges: free,
} satisfies Entry;
