import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { IParameter } from "aws-cdk-lib/aws-ssm";
import type { GrantOptions } from "./iam.ts";
import type { Places } from "./statements.ts";

/** Where the URL of a webhook is: Slack's, Teams' or any other, alone or as `url` of a JSON object. */
export interface WebhookProps {
  /** A secret with the URL of Slack, Teams or any other webhook, alone or as `url` of a JSON object; absent = none. */
  readonly webhookSecret?: ISecret;
  /** The same in a parameter of Systems Manager, a String or a SecureString, instead of in a secret; absent = none. */
  readonly webhookParameter?: WebhookParameter;
}

/** Any of CDK's. It has a key only where that is no key of AWS's own, which everybody in the account may decrypt with. */
export type WebhookParameter = Pick<IParameter, "parameterName" | "parameterArn"> & { readonly encryptionKey?: IKey };

interface Webhook {
  readonly environment: Readonly<Record<string, string>>;
  readonly grants: GrantOptions;
  readonly places: Places;
}

/** @throws for two of them, of which one would be out of date one day */
export function webhookOf({ webhookSecret: secret, webhookParameter: parameter }: WebhookProps): Webhook {
  if (secret && parameter)
    throw new Error("webhookSecret and webhookParameter can't be given both: the webhook has one URL");
  const key = (secret ?? parameter)?.encryptionKey;
  return {
    environment: {
      ...(secret ? { WEBHOOK_URL_SECRET: secret.secretArn } : {}),
      ...(parameter ? { WEBHOOK_URL_PARAMETER: parameter.parameterName } : {}),
    },
    grants: {
      ...(secret ? { secret: "{secret}" } : {}),
      ...(parameter ? { parameter: "{parameter}" } : {}),
      ...(key ? { webhookKey: "{key}" } : {}),
    },
    places: {
      // Whoever names a secret by name has its ARN without the six characters that AWS adds.
      ...(secret ? { secret: secret.secretFullArn ?? `${secret.secretArn}-??????` } : {}),
      ...(parameter ? { parameter: parameter.parameterArn } : {}),
      ...(key ? { key: key.keyArn } : {}),
    },
  };
}
