import { setMaxListeners } from "node:events";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { parseArn } from "../model/arn.ts";
import { type AccountId, type Arn, accountId, type Region, region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import { accountFacts } from "./account.ts";
import { type ClientConstructor, clientFactory, type Wire } from "./clients.ts";
import type { Connection } from "./connection.ts";
import { type CredentialOptions, sessionCredentials } from "./credentials.ts";
import { createGovernor, type Lane } from "./governor.ts";
import { mainRegion } from "./partitions.ts";
import type { CallName } from "./rates/index.ts";

/** How to get into an account. What is absent comes from the SDK's standard chain. */
export interface SessionOptions extends CredentialOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly region?: string | undefined;
  /** Share of AWS's rate limits that is left to others. */
  readonly headRoom?: number | undefined;
  /** Instead of credentials and the network: the twin. */
  readonly wire?: Wire | undefined;
  readonly onCall?: ((call: CallName, region: string) => void) | undefined;
}

/**
 * Signs in, finds out who we are, and gives governed clients.
 * @throws EvenkeelError NO_CREDENTIALS, EXPIRED_CREDENTIALS, ACCESS_DENIED (the role may not be assumed), BAD_ENDPOINT, NETWORK
 */
export async function connect(options: SessionOptions): Promise<Connection> {
  const { clock, signal } = options;
  // Every call that waits for its turn listens to it; that many are waiting is no leak.
  setMaxListeners(0, signal);
  if (options.endpoint !== undefined) checkEndpoint(options.endpoint);
  const first = options.region ? checkRegion(options.region) : await configuredRegion(options.profile);
  const governor = createGovernor(clock, options.headRoom);
  const wire = options.wire ?? httpWire(options, first ?? region("us-east-1"));
  const factories = new Map<string, <C>(clientClass: ClientConstructor<C>) => C>();
  let account = "unknown" as AccountId;

  const client = <C>(clientClass: ClientConstructor<C>, where: Region, lane: Lane): C => {
    const key = `${where}|${lane}`;
    const { onCall } = options;
    const make =
      factories.get(key) ??
      clientFactory({ wire, governor, clock, account, region: where, lane, signal, ...(onCall ? { onCall } : {}) });
    factories.set(key, make);
    return make(clientClass);
  };

  const identity = await whoIs(client(STSClient, first ?? region("us-east-1"), "read"), options);
  account = identity.account;
  // Clients made before the account was known keep its rate limits under "unknown".
  factories.clear();
  const { partition } = parseArn(identity.caller);
  const globalRegion = mainRegion(partition);
  const facts = accountFacts(client, first ?? globalRegion, globalRegion);
  return {
    account,
    partition,
    caller: identity.caller,
    defaultRegion: first ?? globalRegion,
    globalRegion,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    governor,
    clock,
    ...facts,
    client,
  };
}

function httpWire(options: SessionOptions, first: Region): Wire {
  const { endpoint } = options;
  return { kind: "http", credentials: sessionCredentials(options, first), ...(endpoint ? { endpoint } : {}) };
}

async function whoIs(client: STSClient, options: SessionOptions): Promise<{ account: AccountId; caller: Arn }> {
  try {
    const answer = await client.send(new GetCallerIdentityCommand({}));
    return { account: accountId(answer.Account ?? ""), caller: (answer.Arn ?? "") as Arn };
  } catch (error) {
    if (error instanceof EvenkeelError && error.code === "NO_CREDENTIALS" && options.profile)
      throw new EvenkeelError("NO_CREDENTIALS", `profile ${options.profile} gives no credentials: ${error.message}`, {
        hint: "check the name in ~/.aws/config and ~/.aws/credentials, and sign in again if it is an SSO profile",
        cause: error,
      });
    // GetCallerIdentity needs no permission, so a denial is AssumeRole's.
    if (error instanceof EvenkeelError && error.code === "ACCESS_DENIED" && options.roleArn)
      throw new EvenkeelError("ACCESS_DENIED", `may not assume ${options.roleArn}: ${error.message}`, {
        hint: "check the role's trust policy, --external-id and --mfa-serial",
        action: "sts:AssumeRole",
        cause: error,
      });
    throw error;
  }
}

function checkRegion(text: string): Region {
  try {
    return region(text);
  } catch {
    throw new EvenkeelError("USAGE", `not an AWS region code: ${text}`, { hint: "for example --region eu-west-1" });
  }
}

function checkEndpoint(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new EvenkeelError("BAD_ENDPOINT", `not an http(s) address: ${text}`, {
      hint: "for example --endpoint-url http://127.0.0.1:5000",
    });
}

/** The region of environment and profile, as the SDK finds it. */
async function configuredRegion(profile: string | undefined): Promise<Region | undefined> {
  const { NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } = await import("@smithy/core/config");
  const { loadConfig } = await import("@smithy/core/config");
  const load = loadConfig(NODE_REGION_CONFIG_OPTIONS, {
    ...NODE_REGION_CONFIG_FILE_OPTIONS,
    ...(profile ? { profile } : {}),
  });
  try {
    return region(await load());
  } catch {
    return undefined;
  }
}
