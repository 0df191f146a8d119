import { SUPPORT, TRANSFER } from "./charge-kinds.ts";
import type { Format } from "./formats.ts";

/** FOCUS specification 1.0 to 1.2; the columns with `x_` are AWS's own ("FOCUS 1.0 with AWS columns"). Billed cost is after discounts. */
export const FOCUS: Format = {
  name: "FOCUS",
  key: (heading) => heading.toLowerCase(),
  known: ["chargeperiodstart", "billedcost", "chargecategory"],
  members: {
    started: ["chargeperiodstart"],
    ended: ["chargeperiodend"],
    currency: ["billingcurrency"],
    product: ["x_servicecode", "servicename"],
    resource: ["resourceid"],
    account: ["subaccountid"],
    region: ["regionid"],
    charge: ["chargecategory"],
    class: ["chargeclass"],
    usage: ["x_usagetype"],
  },
  needed: {
    started: "ChargePeriodStart",
    currency: "BillingCurrency",
    product: "ServiceName",
    charge: "ChargeCategory",
    resource: "ResourceId",
  },
  amounts: {
    unblended: { columns: ["billedcost"] },
    net: { columns: ["billedcost"] },
    amortized: { columns: ["effectivecost"] },
  },
  tags: { tags: "" },
  kinds: [
    ["tax", "charge = 'Tax'"],
    ["credit", "charge = 'Credit'"],
    ["refund", "class = 'Correction'"],
    ["support", SUPPORT],
    ["fee", "charge = 'Purchase'"],
    ["other", "charge <> 'Usage'"],
    ["transfer", TRANSFER],
    ["usage", "true"],
  ],
};
