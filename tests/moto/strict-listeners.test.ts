import { beforeAll, expect, test } from "vitest";
import { describeServers } from "../strangers/servers.ts";
import { refusal } from "./refusal.ts";
import { forwardTo, OIDC, weighted } from "./shed/actions.ts";
import { type Balancer, makeBalancer } from "./shed/balancer.ts";

const ACCEPTED = "accepted";

describeServers("ELB refuses actions that a rule can't have", ({ aws }) => {
  let site: Balancer;
  let rule: string;
  let signedIn: string;
  const change = (arn: string, actions: readonly object[]) =>
    refusal(aws, `elbv2 modify-rule --rule-arn ${arn} --actions`, actions);
  const changeDefault = (actions: readonly object[]) =>
    refusal(aws, `elbv2 modify-listener --listener-arn ${site.listener} --default-actions`, actions);

  beforeAll(async () => {
    site = await makeBalancer(aws, "strict");
    const make = (priority: number, actions: readonly object[]) =>
      aws.text(
        `elbv2 create-rule --listener-arn ${site.listener} --priority ${priority} --conditions Field=path-pattern,Values=/${priority}/* --query Rules[0].RuleArn --actions`,
        actions,
      );
    rule = await make(10, [forwardTo(weighted(site.groups.web, 1, site.groups.standby, 1))]);
    signedIn = await make(20, [
      { ...OIDC, Order: 1 },
      { ...forwardTo(weighted(site.groups.web, 1)), Order: 2 },
    ]);
  });

  test("the default rule is changed by way of its listener only", async () => {
    const actions = [forwardTo(weighted(site.groups.web, 7, site.groups.standby, 3))];
    const fallback = await aws.text(
      `elbv2 describe-rules --listener-arn ${site.listener} --query Rules[?IsDefault].RuleArn|[0]`,
    );

    expect(await change(fallback, actions)).toBe("OperationNotPermitted");
    expect(await changeDefault(actions)).toBe(ACCEPTED);
    const weights = "ForwardConfig.TargetGroups[].Weight";
    expect(
      await aws.call(
        `elbv2 describe-rules --listener-arn ${site.listener} --query Rules[?IsDefault]|[0].Actions[0].${weights}`,
      ),
    ).toEqual([7, 3]);
  });

  test("weights are 0 to 999, and groups are there", async () => {
    const { web, standby } = site.groups;
    for (const write of [(actions: readonly object[]) => change(rule, actions), changeDefault]) {
      expect(await write([forwardTo(weighted(web, 999, standby, 0))])).toBe(ACCEPTED);
      expect(await write([forwardTo(weighted(web, 1000, standby, 0))])).toBe("ValidationError");
      expect(await write([forwardTo(weighted(web, -1, standby, 0))])).toBe("ValidationError");
      expect(await write([forwardTo(weighted(`${web}0`, 1, standby, 0))])).toBe("TargetGroupNotFound");
    }
  });

  test("a client secret is told by no answer, and is not forgotten in silence", async () => {
    const forward = { ...forwardTo(weighted(site.groups.web, 2)), Order: 2 };
    const read = () => aws.call(`elbv2 describe-rules --rule-arns ${signedIn} --query Rules[0].Actions[0]`);
    const before = (await read()) as { readonly AuthenticateOidcConfig: object };
    const { ClientSecret: _, ...told } = OIDC.AuthenticateOidcConfig;
    const oidc = (more: object) => [{ ...before, AuthenticateOidcConfig: { ...told, ...more } }, forward];

    expect(before.AuthenticateOidcConfig).toEqual(told);
    expect(await change(signedIn, oidc({}))).toBe("InvalidLoadBalancerAction");
    expect(await change(signedIn, oidc({ ClientSecret: "new", UseExistingClientSecret: true }))).toBe(
      "InvalidLoadBalancerAction",
    );
    expect(await change(rule, oidc({ UseExistingClientSecret: true }))).toBe("InvalidLoadBalancerAction");
    expect(await change(signedIn, oidc({ UseExistingClientSecret: true }))).toBe(ACCEPTED);
    expect(await read()).toEqual(before);
  });
});
