import { setMaxListeners } from "node:events";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { parseArn } from "../model/arn.ts";
import { type AccountId, type Arn, accountId, type Region, region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { accountFacts } from "./account.ts";
import { type ClientConstructor, clientFactory, type Wire } from "./clients.ts";
import type { Connection } from "./connection.ts";
import { createGovernor, type Lane } from "./governor.ts";
import { mainRegion } from "./partitions.ts";
import type { CallName } from "./rates/index.ts";

export interface SignInOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Share of AWS's rate limits that is left to others. */
  readonly headRoom?: number | undefined;
  readonly endpoint?: string | undefined;
  readonly onCall?: ((call: CallName, region: string) => void) | undefined;
}

/** Where and how calls leave, and what the account is asked by: both bring SDK clients along, and not everybody needs all. */
export interface Way {
  /** Undefined = none is configured. */
  readonly region: Region | undefined;
  readonly wire: Wire;
  readonly facts: typeof accountFacts;
}

/**
 * Finds out who we are, and gives governed clients.
 * @throws what the call throws
 */
export async function signIn(options: SignInOptions, { region: first, wire, facts }: Way): Promise<Connection> {
  const { clock, signal, endpoint } = options;
  // Every call that waits for its turn listens to it; that many are waiting is no leak.
  setMaxListeners(0, signal);
  const governor = createGovernor(clock, options.headRoom);
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

  const identity = await whoIs(client(STSClient, first ?? region("us-east-1"), "read"));
  account = identity.account;
  // Clients made before the account was known keep its rate limits under "unknown".
  factories.clear();
  const { partition } = parseArn(identity.caller);
  const globalRegion = mainRegion(partition);
  return {
    account,
    partition,
    caller: identity.caller,
    defaultRegion: first ?? globalRegion,
    globalRegion,
    ...(endpoint ? { endpoint } : {}),
    governor,
    clock,
    ...facts(client, first ?? globalRegion, globalRegion),
    client,
  };
}

async function whoIs(client: STSClient): Promise<{ account: AccountId; caller: Arn }> {
  const answer = await client.send(new GetCallerIdentityCommand({}));
  return { account: accountId(answer.Account ?? ""), caller: (answer.Arn ?? "") as Arn };
}

/** @throws EvenkeelError USAGE */
export function checkRegion(text: string): Region {
  try {
    return region(text);
  } catch {
    throw new EvenkeelError("USAGE", `not an AWS region code: ${text}`, { hint: "for example --region eu-west-1" });
  }
}

/** @throws EvenkeelError BAD_ENDPOINT */
export function checkEndpoint(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new EvenkeelError("BAD_ENDPOINT", `not an http(s) address: ${text}`, {
      hint: "for example --endpoint-url http://127.0.0.1:5000",
    });
}
