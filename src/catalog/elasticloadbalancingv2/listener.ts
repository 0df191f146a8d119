import {
  DeleteListenerCommand,
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  paginateDescribeListenerCertificates,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, readParts, unknownOf, without } from "../reading.ts";
import { attributeMap, listeners, pagingOf, sized } from "./balancers.ts";
import { readTags, type TagReading, withTags } from "./tags.ts";

const hasCertificates = ({ Protocol }: Listener) => Protocol === "HTTPS" || Protocol === "TLS";

async function otherCertificates(scope: ReadScope, ListenerArn: string | undefined): Promise<(string | undefined)[]> {
  const pages = paginateDescribeListenerCertificates(pagingOf(scope), sized(scope, { ListenerArn }));
  const all = await collect(pages, (page) => page.Certificates);
  return all.filter((each) => !each.IsDefault).map((each) => each.CertificateArn);
}

async function describe(scope: ReadScope, listener: Listener, tagged: TagReading): Promise<Found> {
  const arn = listener.ListenerArn;
  const command = new DescribeListenerAttributesCommand({ ListenerArn: arn });
  const { values, unknown } = await readParts({
    Attributes: async () => attributeMap((await scope.client(ElasticLoadBalancingV2Client).send(command)).Attributes),
    OtherCertificates: async () => (hasCertificates(listener) ? otherCertificates(scope, arn) : undefined),
  });
  return {
    id: arn ?? "",
    arn,
    name: `${listener.LoadBalancerArn?.split("/")[2]}:${listener.Port}`,
    tags: tagged.tags,
    configuration: { ...without(listener, "ListenerArn"), ...values },
    ...unknownOf(tagged.unknown, unknown),
  };
}

async function read(scope: ReadScope, arn: string): Promise<Found | undefined> {
  const command = new DescribeListenersCommand({ ListenerArns: [arn] });
  const listener = (await scope.client(ElasticLoadBalancingV2Client).send(command)).Listeners?.[0];
  const tags = listener && (await readTags(scope, [arn])).get(arn);
  return tags && describe(scope, listener, tags);
}

export default {
  list: (scope) =>
    inParallel(
      withTags(scope, listeners(scope), (listener) => listener.ListenerArn),
      ([listener, tags]) => orGone(describe(scope, listener, tags)),
    ),
  read: (scope, id) => orGone(read(scope, id)),
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) =>
      scope.writer(ElasticLoadBalancingV2Client).send(new DeleteListenerCommand({ ListenerArn: id })),
  },
  charges: free,
} satisfies Entry;
