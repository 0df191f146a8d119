import { type Region, region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { accountFacts } from "./account.ts";
import type { Wire } from "./clients.ts";
import type { Connection } from "./connection.ts";
import { type CredentialOptions, sessionCredentials } from "./credentials.ts";
import { checkEndpoint, checkRegion, type SignInOptions, signIn } from "./sign-in.ts";

/** How to get into an account. What is absent comes from the SDK's standard chain. */
export interface SessionOptions extends CredentialOptions, SignInOptions {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Instead of credentials and the network: the twin. */
  readonly wire?: Wire | undefined;
}

/**
 * Signs in, finds out who we are, and gives governed clients.
 * @throws EvenkeelError NO_CREDENTIALS, EXPIRED_CREDENTIALS, ACCESS_DENIED (the role may not be assumed), BAD_ENDPOINT, NETWORK
 */
export async function connect(options: SessionOptions): Promise<Connection> {
  if (options.endpoint !== undefined) checkEndpoint(options.endpoint);
  const first = options.region ? checkRegion(options.region) : await configuredRegion(options.profile);
  const wire = options.wire ?? httpWire(options, first ?? region("us-east-1"));
  try {
    return await signIn(options, { region: first, wire, facts: accountFacts });
  } catch (error) {
    throw explained(error, options);
  }
}

function httpWire(options: SessionOptions, first: Region): Wire {
  const { endpoint } = options;
  return { kind: "http", credentials: sessionCredentials(options, first), ...(endpoint ? { endpoint } : {}) };
}

function explained(error: unknown, { profile, roleArn }: SessionOptions): unknown {
  if (error instanceof EvenkeelError && error.code === "NO_CREDENTIALS" && profile)
    return new EvenkeelError("NO_CREDENTIALS", `profile ${profile} gives no credentials: ${error.message}`, {
      hint: "check the name in ~/.aws/config and ~/.aws/credentials, and sign in again if it is an SSO profile",
      cause: error,
    });
  // GetCallerIdentity needs no permission, so a denial is AssumeRole's.
  if (error instanceof EvenkeelError && error.code === "ACCESS_DENIED" && roleArn)
    return new EvenkeelError("ACCESS_DENIED", `may not assume ${roleArn}: ${error.message}`, {
      hint: "check the role's trust policy, --external-id and --mfa-serial",
      action: "sts:AssumeRole",
      cause: error,
    });
  return error;
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
