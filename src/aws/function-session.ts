import { fromEnv } from "@aws-sdk/credential-providers";
import { EvenkeelError } from "../model/errors.ts";
import type { Connection } from "./connection.ts";
import { shared } from "./credentials.ts";
import { checkEndpoint, checkRegion, type SignInOptions, signIn, type Way } from "./sign-in.ts";

/** A function's surroundings: Lambda puts region and credentials there. */
type Environment = Readonly<Record<string, string | undefined>>;

/** For functions that ask the account itself nothing: EC2 and IAM are the two largest clients after all. */
export const NO_FACTS: Way["facts"] = () => {
  const refuse = async (): Promise<never> => {
    throw new EvenkeelError("BUG", "this function was built without what asks for regions and aliases");
  };
  return { enabledRegions: refuse, alias: refuse, aliases: refuse };
};

/**
 * Signs in as a function's own role. Source: Lambda developer guide, "Defined runtime environment variables".
 * @throws EvenkeelError USAGE, BAD_ENDPOINT; what the first call throws
 */
export async function connectFunction(
  options: Omit<SignInOptions, "endpoint">,
  env: Environment,
  facts: Way["facts"],
): Promise<Connection> {
  const endpoint = env.EVENKEEL_ENDPOINT_URL || env.AWS_ENDPOINT_URL;
  if (endpoint) checkEndpoint(endpoint);
  const region = env.AWS_REGION ? checkRegion(env.AWS_REGION) : undefined;
  const wire = { kind: "http", credentials: shared(fromEnv()), ...(endpoint ? { endpoint } : {}) } as const;
  return signIn({ ...options, endpoint: endpoint || undefined }, { region, wire, facts });
}
