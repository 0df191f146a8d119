import {
  type Action,
  AddTagsCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client as ELB,
  RegisterTargetsCommand,
  type TargetHealth,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { ReadScope } from "../contract.ts";
import { writeScope } from "../scope.ts";
import {
  type Actions,
  carriers,
  type ForwardingRule,
  readActions,
  readForwarding,
  readHealth,
  weightsIn,
  withWeights,
  writeForwarding,
} from "./forwarding.ts";
import { forwarding, seedRule, seedSpread, setActions } from "./shedding.trial.ts";

const signal = new AbortController().signal;
const scopeOf = ({ connection }: TestAccount, largestPage = 2) => writeScope(connection, HERE, { signal, largestPage });

async function seeded() {
  const account = await testAccount();
  return { account, scope: scopeOf(account), ...(await seedSpread(account)) };
}

const OIDC: Action = {
  Type: "authenticate-oidc",
  Order: 1,
  AuthenticateOidcConfig: {
    Issuer: "https://id.example.com",
    AuthorizationEndpoint: "https://id.example.com/authorize",
    TokenEndpoint: "https://id.example.com/token",
    UserInfoEndpoint: "https://id.example.com/user",
    ClientId: "shop",
    SessionTimeout: 600,
    AuthenticationRequestExtraParams: { display: "page" },
    OnUnauthenticatedRequest: "authenticate",
  },
};
const withSecret: Action = {
  ...OIDC,
  AuthenticateOidcConfig: { ...(OIDC.AuthenticateOidcConfig as object), ClientSecret: "hush" } as never,
};
const COGNITO: Action = {
  Type: "authenticate-cognito",
  Order: 1,
  AuthenticateCognitoConfig: {
    UserPoolArn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_a",
    UserPoolClientId: "c",
    UserPoolDomain: "d",
    Scope: "openid",
  },
};
const JWT: Action = {
  Type: "jwt-validation",
  Order: 1,
  JwtValidationConfig: { JwksEndpoint: "https://id.example.com/jwks", Issuer: "https://id.example.com" },
};

describe("reading a listener's rules", () => {
  it("takes all of three pages, in the balancer's order, the default rule under the listener's ARN", async () => {
    const { account, scope, listener, groups } = await seeded();
    const made: string[] = [];
    for (const priority of [40, 10, 30, 20])
      made[priority / 10 - 1] = await seedRule(account, listener, priority, [
        forwarding({ [groups.primary]: priority }),
      ]);

    const rules = await readForwarding(scope, listener);

    expect(rules?.map(({ rule, priority, isDefault }) => [rule, priority, isDefault])).toEqual([
      ...made.map((arn, index) => [arn, String((index + 1) * 10), false]),
      [listener, "default", true],
    ]);
    expect(account.calls.filter((call) => call === "elasticloadbalancing:DescribeRules")).toHaveLength(3);
  });

  it("knows each rule's tags, and the listener's for the default one", async () => {
    const { account, scope, listener, groups } = await seeded();
    const rule = await seedRule(account, listener, 1, [forwarding({ [groups.primary]: 1 })]);
    const tag = (arn: string, Value: string) =>
      account.send(ELB, new AddTagsCommand({ ResourceArns: [arn], Tags: [{ Key: "of", Value }] }));
    await tag(rule, "rule");
    await tag(listener, "listener");

    expect((await readForwarding(scope, listener))?.map(({ tags }) => tags)).toEqual([
      { of: "rule" },
      { of: "listener" },
    ]);
  });

  it("says where tags could not be read", async () => {
    const { account, scope, listener } = await seeded();
    account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeTags" }];

    expect(await readForwarding(scope, listener)).toMatchObject([{ tags: {}, unknown: [{ path: "Tags" }] }]);
  });

  it("says undefined of a listener that is gone, and nothing else", async () => {
    const { account, scope, listener } = await seeded();
    account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeRules", times: 1 }];
    await expect(readForwarding(scope, listener)).rejects.toMatchObject({ code: "ACCESS_DENIED" });

    await account.send(ELB, new DeleteListenerCommand({ ListenerArn: listener }));

    expect(await readForwarding(scope, listener)).toBeUndefined();
    expect(await readActions(scope, listener)).toBeUndefined();
    await expect(readForwarding(scope, listener.replace("/app/", "/gwy/"))).rejects.toMatchObject({ code: "USAGE" });
  });

  it("takes a listener that goes between its rules and their tags for gone", async () => {
    const { account, scope, listener } = await seeded();
    const read = readForwarding(
      {
        ...scope,
        client: (client) => {
          const rows = account.twin.world.accounts["111111111111"]?.regions[HERE];
          if (account.calls.some((call) => call.endsWith(":DescribeRules")) && rows)
            rows["elasticloadbalancing.listener"] = {};
          return scope.client(client);
        },
      },
      listener,
    );

    expect(await read).toBeUndefined();
  });

  it("reads just the rules that are asked for, those side by side at once", async () => {
    const { account, scope, listener, groups } = await seeded();
    const rules = await Promise.all(
      [1, 2, 3].map((priority) => seedRule(account, listener, priority, [forwarding({ [groups.primary]: priority })])),
    );

    const all = await Promise.all([listener, ...rules].map((rule) => readActions(scope, rule)));

    expect(all.slice(1).map((actions) => weightsIn(actions ?? []))).toEqual(
      [1, 2, 3].map((w) => ({ [groups.primary]: w })),
    );
    expect(all[0]).toMatchObject([{ TargetGroupArn: groups.primary }]);
    expect(account.calls).toEqual(["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeRules"]);
  });

  it("misses a rule that is gone, and none of those that are asked for beside it", async () => {
    const { account, scope, listener, groups } = await seeded();
    const rules = await Promise.all(
      [1, 2, 3].map((priority) => seedRule(account, listener, priority, [forwarding({ [groups.primary]: priority })])),
    );
    await account.send(ELB, new DeleteRuleCommand({ RuleArn: rules[1] }));

    const all = await Promise.all([listener, ...rules].map((rule) => readActions(scope, rule)));
    expect(all.map((actions) => actions !== undefined)).toEqual([true, true, false, true]);
  });
});

describe("the rules that carry load of the primary", () => {
  const rule = (name: string, ...actions: Action[]): ForwardingRule => ({
    rule: name,
    actions,
    tags: {},
    priority: "1",
    isDefault: false,
  });

  it("are those with another group beside it, in their order; weights of 0 and of 999 count, too", () => {
    const rules = [
      rule("999", COGNITO, forwarding({ p: 0, a: 999, b: 0 })),
      rule("alone", forwarding({ p: 100 })),
      rule("old alone", { Type: "forward", TargetGroupArn: "p" }),
      rule("others", forwarding({ a: 1, b: 1 })),
      rule("redirect", { Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", Host: "example.com" } }),
      rule("fixed", { Type: "fixed-response", FixedResponseConfig: { StatusCode: "503" } }),
      rule("plain", forwarding({ p: 1, a: 0 })),
    ];

    expect(carriers(rules, "p")).toEqual([
      { rule: "999", weights: { p: 0, a: 999, b: 0 } },
      { rule: "plain", weights: { p: 1, a: 0 } },
    ]);
  });

  it("are none where it is not known how they spread: twice the same group, two forwards", () => {
    const twice = {
      Type: "forward",
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: "p" }, { TargetGroupArn: "p" }, { TargetGroupArn: "a" }] },
    } as const;

    expect(
      carriers([rule("r", twice as never), rule("s", forwarding({ p: 1, a: 1 }), forwarding({ p: 1, a: 1 }))], "p"),
    ).toEqual([]);
  });

  it("have a weight of 1 where AWS gives none", () => {
    const TargetGroups = [{ TargetGroupArn: "p" }, { TargetGroupArn: "a", Weight: 3 }];

    expect(weightsIn([{ Type: "forward", ForwardConfig: { TargetGroups } }])).toEqual({ p: 1, a: 3 });
  });
});

describe("other weights", () => {
  const anything = fc.dictionary(fc.stringMatching(/^X\w{1,8}$/), fc.jsonValue(), { maxKeys: 4 });
  const weight = fc.integer({ min: 0, max: 999 });
  const group = fc.record({ TargetGroupArn: fc.stringMatching(/^arn:[a-z]{1,6}$/), Weight: weight, more: anything });
  const groups = fc.uniqueArray(group, {
    minLength: 2,
    maxLength: 5,
    selector: ({ TargetGroupArn }) => TargetGroupArn,
  });

  it("change the weights and nothing else, whatever else stands there, and leave what they are made of", () => {
    const before = fc.tuple(anything, anything, anything, groups, fc.array(anything, { maxLength: 3 }));
    fc.assert(
      fc.property(
        before,
        fc.array(weight, { minLength: 5, maxLength: 5 }),
        ([own, config, sticky, several, others], fresh) => {
          const build = (weightOf: (index: number) => number) =>
            [
              ...others.map((each, index) => ({ ...each, Type: "jwt-validation", Order: index + 1 })),
              {
                ...own,
                Type: "forward",
                Order: 9,
                ForwardConfig: {
                  ...config,
                  TargetGroups: several.map(({ TargetGroupArn, more }, index) => ({
                    ...more,
                    TargetGroupArn,
                    Weight: weightOf(index),
                  })),
                  TargetGroupStickinessConfig: { ...sticky, Enabled: true, DurationSeconds: 60 },
                },
              },
            ] as unknown as Actions;
          const actions = build((index) => several[index]?.Weight ?? 0);
          const kept = structuredClone(actions);
          const wanted = several.map(({ TargetGroupArn }, index) => [TargetGroupArn, fresh[index] ?? 0] as const);

          // The order of the weights asked for plays no part.
          expect(withWeights(actions, Object.fromEntries(wanted.toReversed()))).toEqual(
            build((index) => fresh[index] ?? 0),
          );
          expect(actions).toEqual(kept);
        },
      ),
    );
  });

  it("are never those of other groups", () => {
    const actions = [forwarding({ p: 1, a: 1 })];

    for (const weights of [{ p: 1 }, { p: 1, b: 1 }, { p: 1, a: 1, b: 0 }])
      expect(() => withWeights(actions, weights)).toThrow(EvenkeelError);
  });
});

describe("writing a rule", () => {
  it.each([
    ["OpenID Connect", withSecret],
    ["Cognito", COGNITO],
    ["tokens", JWT],
  ])("gives all but the weights back to the letter: %s, stickiness, order", async (_, first) => {
    const { account, scope, listener, groups } = await seeded();
    const actions = [first, { ...forwarding({ [groups.standby]: 0, [groups.primary]: 999 }), Order: 2 }];
    const rule = await seedRule(account, listener, 1, actions);
    await setActions(account, listener, first === withSecret ? [{ ...(actions[1] as Action), Order: 2 }] : actions);

    for (const name of [rule, listener]) {
      const before = (await readActions(scope, name)) ?? [];
      await writeForwarding(scope, name, withWeights(before, { [groups.primary]: 333, [groups.standby]: 666 }));

      const after = (await readActions(scope, name)) ?? [];
      expect(weightsIn(after)).toEqual({ [groups.primary]: 333, [groups.standby]: 666 });
      expect(JSON.stringify(withWeights(after, { [groups.primary]: 999, [groups.standby]: 0 }))).toBe(
        JSON.stringify(before),
      );
    }
    const changes = account.twin.log.flatMap(({ operation, input }) => (operation.startsWith("Modify") ? [input] : []));
    expect(changes.slice(-2)).toMatchObject([{ RuleArn: rule }, { ListenerArn: listener }]);
  });

  it("leaves a rule's conditions and a listener's other settings out of it", async () => {
    const { account, scope, listener, groups } = await seeded();
    await writeForwarding(scope, listener, [forwarding({ [groups.primary]: 1, [groups.standby]: 1 })]);

    expect(Object.keys(account.twin.log.at(-1)?.input ?? {})).toEqual(["ListenerArn", "DefaultActions"]);
  });

  it("keeps the secret that no answer tells, and its own where it has one", async () => {
    const { account, scope, listener, groups } = await seeded();
    const to = { ...forwarding({ [groups.primary]: 1, [groups.standby]: 1 }), Order: 2 };
    const rule = await seedRule(account, listener, 1, [withSecret, to]);
    const sent = () =>
      (account.twin.log.at(-1)?.input as { Actions?: Action[] } | undefined)?.Actions?.[0]?.AuthenticateOidcConfig;

    await writeForwarding(scope, rule, [OIDC, to]);
    expect(sent()).toEqual({ ...OIDC.AuthenticateOidcConfig, UseExistingClientSecret: true });
    await writeForwarding(scope, rule, [withSecret, to]);
    expect(sent()).toEqual(withSecret.AuthenticateOidcConfig);
  });

  it("leaves a rule alone whose action it could not give back whole", async () => {
    const { account, scope, listener, groups } = await seeded();
    const actions = [
      { Type: "wave-through" as never, Order: 1 },
      forwarding({ [groups.primary]: 1, [groups.standby]: 1 }),
    ];

    await expect(writeForwarding(scope, listener, actions)).rejects.toMatchObject({ code: "REFUSED" });
    expect(account.calls).toEqual([]);
  });

  it("is tried once: whoever is throttled has to look again", async () => {
    const { account, scope, listener, groups } = await seeded();
    account.twin.faults = [{ ...FAULTS.throttle, operation: "ModifyListener" }];

    const writing = writeForwarding(scope, listener, [forwarding({ [groups.primary]: 1 })]);
    await expect(writing).rejects.toMatchObject({ code: "THROTTLED" });
    expect(account.calls).toEqual(["elasticloadbalancing:ModifyListener"]);
  });
});

describe("a receiving group", () => {
  const answering = (targets: TargetHealth[]) => {
    const TargetHealthDescriptions = targets.map((health) => ({ TargetHealth: health }));
    return { client: () => ({ send: async () => ({ TargetHealthDescriptions }) }) } as unknown as ReadScope;
  };

  it.each<[string, TargetHealth[]]>([
    ["healthy", [{ State: "unhealthy" }, { State: "healthy" }]],
    ["healthy", [{ State: "unavailable", Reason: "Target.HealthCheckDisabled" }]],
    ["none-healthy", [{ State: "unavailable", Reason: "Elb.InternalError" }]],
    ["none-healthy", [{ State: "initial" }, { State: "draining" }, { State: "unused" }, { State: "unhealthy" }]],
    ["empty", []],
  ])("is %s by what AWS says of its targets", async (health, targets) => {
    expect(await readHealth(answering(targets), "arn:group")).toBe(health);
  });

  it("is read from AWS, and unknown where that can't be: denied, throttled for good, gone", async () => {
    const { account, scope, listener, groups } = await seeded();
    await setActions(account, listener, [forwarding({ [groups.primary]: 1, [groups.standby]: 1 })]);
    const Targets = [{ Id: "10.0.0.1" }];
    const target = { TargetGroupArn: groups.standby, Targets };
    await account.send(ELB, new RegisterTargetsCommand(target));
    expect(await readHealth(scope, groups.standby)).toBe("healthy");
    await account.send(ELB, new DeregisterTargetsCommand(target));
    expect(await readHealth(scope, groups.standby)).toBe("empty");

    const began = account.connection.clock.now();
    for (const fault of [FAULTS.denied, FAULTS.throttle, FAULTS.serverError]) {
      account.twin.faults = [{ ...fault, operation: "DescribeTargetHealth" }];
      expect(await readHealth(scope, groups.standby)).toBe("unknown");
    }
    expect(account.connection.clock.now() - began).toBeLessThan(15_000);
    account.twin.faults = [];
    expect(await readHealth(scope, `${groups.standby}0`)).toBe("unknown");
  });
});
