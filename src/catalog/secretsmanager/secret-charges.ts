import type { Charges } from "../charges.ts";

/** Source: https://aws.amazon.com/secrets-manager/pricing/: by the month; a replica counts as a secret of its region. */
export const charges: Charges = () => [
  {
    part: "secret",
    stops: false,
    price: {
      serviceCode: "AWSSecretsManager",
      filters: {},
      usage: "AWSSecretsManager-Secrets",
      units: ["Secrets", "Secret"],
    },
    units: "1",
    per: "month",
  },
];
