import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { isArn, parseArn } from "../model/arn.ts";
import { isRegion, type Region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/**
 * The text that a secret of Secrets Manager holds.
 * @param name or ARN; of another region only by its ARN
 * @returns undefined = it holds bytes
 * @throws what the call throws
 */
export async function readSecret(connection: Connection, name: string): Promise<string | undefined> {
  const client = connection.client(SecretsManagerClient, regionOf(connection, name), "read");
  return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
}

/** The same of a parameter of Systems Manager, decrypted where it is a SecureString. */
export async function readParameter(connection: Connection, name: string): Promise<string | undefined> {
  const client = connection.client(SSMClient, regionOf(connection, name), "read");
  return (await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value;
}

function regionOf({ defaultRegion }: Connection, name: string): Region {
  const code = isArn(name) ? parseArn(name).region : "";
  return isRegion(code) ? code : defaultRegion;
}
