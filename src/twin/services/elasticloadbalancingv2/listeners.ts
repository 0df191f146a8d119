import { AwsFault, type Operations, tagMap } from "../../service.ts";
import { actionsOf } from "./actions.ts";
import {
  attributeList,
  balancerAt,
  type ListenerRow,
  listenerAt,
  listeners,
  listenersOf,
  pages,
  repeats,
  rules,
  rulesOf,
  setAttributes,
} from "./rows.ts";

type Elb = typeof import("@aws-sdk/client-elastic-load-balancing-v2");

/** Source: API reference, ListenerAttribute. */
const HTTP_ATTRIBUTES = {
  "routing.http.response.server.enabled": "true",
  "routing.http.response.strict_transport_security.header_value": "",
  "routing.http.response.content_security_policy.header_value": "",
  "routing.http.response.x_content_type_options.header_value": "",
  "routing.http.response.x_frame_options.header_value": "",
};
const TCP_ATTRIBUTES = { "tcp.idle_timeout.seconds": "350" };

const isSecure = (protocol: string | undefined) => protocol === "HTTPS" || protocol === "TLS";

/** Members of a request that a listener repeats as they are. */
function settingsOf(input: object): Partial<ListenerRow["it"]> {
  const same = ["Port", "Protocol", "SslPolicy", "AlpnPolicy", "MutualAuthentication"];
  return Object.fromEntries(Object.entries(input).filter(([name]) => same.includes(name)));
}

export const listenerOperations = {
  CreateListener(input, call) {
    const balancer = balancerAt(call, input.LoadBalancerArn).it;
    const DefaultActions = actionsOf(input.DefaultActions, call);
    const certificates = input.Certificates
      ? { Certificates: input.Certificates.map(({ CertificateArn }) => ({ CertificateArn })) }
      : {};
    const settings = { ...settingsOf(input), ...certificates, DefaultActions };
    const known = listenersOf(call, balancer.LoadBalancerArn).find(({ it }) => it.Port === input.Port);
    if (known && repeats(known.it, settings)) return { Listeners: [known.it] };
    if (known) throw new AwsFault("DuplicateListener", "A listener already exists on this port for this load balancer");
    if (isSecure(input.Protocol) && !input.Certificates?.length)
      throw new AwsFault("CertificateNotFound", "A certificate must be specified for HTTPS and TLS listeners");
    const arn = `${balancer.LoadBalancerArn?.replace(":loadbalancer/", ":listener/")}/${call.id("", 16)}`;
    const row: ListenerRow = {
      it: {
        ...(isSecure(input.Protocol)
          ? { SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", MutualAuthentication: { Mode: "off" } }
          : {}),
        ...settings,
        ListenerArn: arn,
        LoadBalancerArn: balancer.LoadBalancerArn,
      },
      tags: tagMap(input.Tags),
      attributes: { ...(balancer.Type === "application" ? HTTP_ATTRIBUTES : TCP_ATTRIBUTES) },
      certificates: [],
    };
    listeners(call).put(arn, row);
    const RuleArn = `${arn.replace(":listener/", ":listener-rule/")}/${call.id("", 16)}`;
    const it = { RuleArn, Priority: "default", Conditions: [], Actions: DefaultActions, IsDefault: true };
    if (balancer.Type === "application") rules(call).put(RuleArn, { it, tags: {}, attributes: {} });
    return { Listeners: [row.it] };
  },

  DescribeListeners(input, call) {
    const found = input.LoadBalancerArn
      ? listenersOf(call, balancerAt(call, input.LoadBalancerArn).it.LoadBalancerArn)
      : (input.ListenerArns ?? []).map((arn) => listenerAt(call, arn));
    const { cut, NextMarker } = pages(found, input);
    return { Listeners: cut.map(({ it }) => it), NextMarker };
  },

  /** A list that is sent replaces the whole old one. */
  ModifyListener(input, call) {
    const { it } = listenerAt(call, input.ListenerArn);
    Object.assign(it, settingsOf(input));
    if (input.Certificates) it.Certificates = input.Certificates.map(({ CertificateArn }) => ({ CertificateArn }));
    if (input.DefaultActions) {
      it.DefaultActions = actionsOf(input.DefaultActions, call, it.DefaultActions);
      for (const rule of rulesOf(call, it.ListenerArn)) if (rule.it.IsDefault) rule.it.Actions = it.DefaultActions;
    }
    return { Listeners: [it] };
  },

  DeleteListener(input, call) {
    const { it } = listenerAt(call, input.ListenerArn);
    for (const rule of rulesOf(call, it.ListenerArn)) rules(call).delete(rule.it.RuleArn ?? "");
    listeners(call).delete(it.ListenerArn ?? "");
  },

  DescribeListenerAttributes: (input, call) => ({
    Attributes: attributeList(listenerAt(call, input.ListenerArn).attributes),
  }),
  ModifyListenerAttributes: (input, call) => setAttributes(listenerAt(call, input.ListenerArn), input.Attributes),

  DescribeListenerCertificates(input, call) {
    const { it, certificates } = listenerAt(call, input.ListenerArn);
    const own = (it.Certificates ?? []).map(({ CertificateArn }) => ({ CertificateArn, IsDefault: true }));
    const { cut, NextMarker } = pages(
      [...own, ...certificates.map((CertificateArn) => ({ CertificateArn, IsDefault: false }))],
      input,
    );
    return { Certificates: cut, NextMarker };
  },
  AddListenerCertificates(input, call) {
    const row = listenerAt(call, input.ListenerArn);
    const added = (input.Certificates ?? []).map(({ CertificateArn }) => CertificateArn ?? "");
    row.certificates = [...new Set([...row.certificates, ...added])];
    return { Certificates: added.map((CertificateArn) => ({ CertificateArn, IsDefault: false })) };
  },
  RemoveListenerCertificates(input, call) {
    const row = listenerAt(call, input.ListenerArn);
    const gone = (input.Certificates ?? []).map(({ CertificateArn }) => CertificateArn);
    row.certificates = row.certificates.filter((arn) => !gone.includes(arn));
  },
} satisfies Operations<Elb>;
