import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from "@smithy/core";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Region } from "../model/brand.ts";
import { httpHandler } from "./http.ts";

/** Whose credentials are used. What is absent comes from the SDK's standard chain. */
export interface CredentialOptions {
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfaSerial?: string | undefined;
  /** Asks the person for the code of the MFA device. */
  readonly mfaCode?: (() => Promise<string>) | undefined;
  readonly endpoint?: string | undefined;
  /** Told what the SDK would print by itself: that it has found credentials in several places. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** AssumeRole sessions are chained when the caller is a role itself; AWS allows those one hour at most. */
const ROLE_SESSION_SECONDS = 3600;

/** The credentials of a session: those of the standard chain, or of a role that they assume. */
export function sessionCredentials(options: CredentialOptions, region: Region): AwsCredentialIdentityProvider {
  const { profile, roleArn, externalId, mfaSerial, mfaCode, endpoint, onWarning } = options;
  const quiet = () => undefined;
  const warn = (...said: unknown[]) => onWarning?.(said.map(String).join(" ").replace(/\s+/g, " ").trim());
  const logger = { trace: quiet, debug: quiet, info: quiet, error: quiet, warn };
  const base = fromNodeProviderChain({ logger, ...(profile ? { profile } : {}) });
  if (!roleArn) return shared(base);
  const provider = fromTemporaryCredentials({
    masterCredentials: base,
    clientConfig: { region, requestHandler: httpHandler(), ...(endpoint ? { endpoint } : {}) },
    params: {
      RoleArn: roleArn,
      RoleSessionName: "evenkeel",
      DurationSeconds: ROLE_SESSION_SECONDS,
      ...(externalId ? { ExternalId: externalId } : {}),
      ...(mfaSerial ? { SerialNumber: mfaSerial } : {}),
    },
    ...(mfaCode ? { mfaCodeProvider: () => mfaCode() } : {}),
  });
  return shared(provider);
}

/**
 * Credentials that all clients share until they are about to expire. Each client remembers its own only: every one of
 * hundreds would assume the role again, and ask the person for another MFA code, which AWS takes but once.
 */
export function shared(provider: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider {
  return memoizeIdentityProvider(provider, isIdentityExpired, doesIdentityRequireRefresh) ?? provider;
}
