import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isArn, parseArn } from "../model/arn.ts";
import { isRegion } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/**
 * The text that a secret holds.
 * @param name or ARN; of another region only by its ARN
 * @returns undefined = it holds bytes
 * @throws what the call throws
 */
export async function readSecret(connection: Connection, name: string): Promise<string | undefined> {
  const code = isArn(name) ? parseArn(name).region : "";
  const where = isRegion(code) ? code : connection.defaultRegion;
  const client = connection.client(SecretsManagerClient, where, "read");
  return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
}
