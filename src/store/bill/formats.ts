import type { ChargeKind, CostMetric } from "../../model/cost.ts";

/** What a line of a bill tells besides amounts and tags. */
export const MEMBERS = [
  "started",
  "ended",
  "currency",
  "product",
  "resource",
  "account",
  "region",
  "charge",
  "class",
  "usage",
] as const;
export type Member = (typeof MEMBERS)[number];

/** What lines of one type of charge amount to, where it is not what `Amounts.columns` say: plus, less minus. */
export interface ChargeAmount {
  readonly charge: string;
  readonly plus: readonly string[];
  readonly minus?: readonly string[];
  /** Only of lines in which this column is filled; the others are as all. */
  readonly where?: string;
}

/** What a metric sums up. */
export interface Amounts {
  /** The first that is filled in a line; the last must be there. */
  readonly columns: readonly string[];
  readonly charges?: readonly ChargeAmount[];
}

/** A form in which AWS tells costs, as data: which of its columns say what. */
export interface Format {
  readonly name: string;
  /** A heading as the names of columns stand here. */
  readonly key: (heading: string) => string;
  /** One of these columns tells it from a file that is no bill. */
  readonly known: readonly string[];
  /** Where a member stands: the first that is filled. */
  readonly members: Readonly<Partial<Record<Member, readonly string[]>>>;
  /** Without these nothing can be told; what the export must include. */
  readonly needed: Readonly<Partial<Record<Member, string>>>;
  readonly amounts: Readonly<Record<CostMetric, Amounts>>;
  /** Columns of tags: a map, or JSON. */
  readonly tags: readonly string[];
  /** What a kind of charge is told by: SQL over the members product, resource, charge, class and usage. The first holds. */
  readonly kinds: readonly (readonly [ChargeKind, string])[];
}

/**
 * How CUR writes a name in parquet and in the keys of its maps: `lineItem/UsageType` is `line_item_usage_type`, the tag
 * `user:CostCenter` is `user_cost_center`. Source: Data Exports user guide, "Column names" of Athena.
 */
export function snake(name: string): string {
  return name
    .replace(/[A-Z]/g, "_$&")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

const SUPPORT = "product LIKE 'AWS%Support%' OR product LIKE 'OCB%Support%'";
const CARRIES = "usage LIKE '%DataTransfer%' OR usage LIKE '%Bytes%' OR replace(product, ' ', '') LIKE '%DataTransfer'";
const TRANSFER = `resource = '' AND (${CARRIES})`;
const UNBLENDED = "line_item_unblended_cost";

/** Data Exports user guide, "Cost and Usage Report (CUR) 2.0" of the table dictionary, and "Line item details" of legacy CUR. */
const CUR: Format = {
  name: "CUR",
  key: snake,
  known: ["line_item_line_item_type", "line_item_usage_start_date", UNBLENDED],
  members: {
    started: ["line_item_usage_start_date"],
    ended: ["line_item_usage_end_date"],
    currency: ["line_item_currency_code"],
    product: ["line_item_product_code"],
    resource: ["line_item_resource_id"],
    account: ["line_item_usage_account_id"],
    region: ["product_region_code", "product_region"],
    charge: ["line_item_line_item_type"],
    usage: ["line_item_usage_type"],
  },
  needed: {
    started: "the columns of line items",
    currency: "the columns of line items",
    product: "the columns of line items",
    charge: "the columns of line items",
    resource: "resource IDs (an option of the export: include resource IDs)",
  },
  amounts: {
    unblended: { columns: [UNBLENDED] },
    // Is there only when the account has discounts in the month: "Line item details", NetUnblendedCost.
    net: { columns: ["line_item_net_unblended_cost", UNBLENDED] },
    // AWS's own query for amortized cost: AWS CUR Query Library (Well-Architected Labs), "Amortized cost"; what the columns
    // hold: "Reservation details" and "Savings Plans details".
    amortized: {
      columns: [UNBLENDED],
      charges: [
        { charge: "SavingsPlanCoveredUsage", plus: ["savings_plan_savings_plan_effective_cost"] },
        {
          charge: "SavingsPlanRecurringFee",
          plus: ["savings_plan_total_commitment_to_date"],
          minus: ["savings_plan_used_commitment"],
        },
        { charge: "SavingsPlanNegation", plus: [] },
        { charge: "SavingsPlanUpfrontFee", plus: [] },
        { charge: "DiscountedUsage", plus: ["reservation_effective_cost"] },
        {
          charge: "RIFee",
          plus: ["reservation_unused_amortized_upfront_fee_for_billing_period", "reservation_unused_recurring_fee"],
        },
        { charge: "Fee", plus: [], where: "reservation_reservation_a_r_n" },
      ],
    },
  },
  tags: ["resource_tags"],
  kinds: [
    ["tax", "charge = 'Tax'"],
    ["credit", "charge = 'Credit'"],
    ["refund", "charge = 'Refund'"],
    ["discount", "charge LIKE '%Discount' OR charge = 'SavingsPlanNegation'"],
    ["support", SUPPORT],
    ["fee", "charge IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')"],
    ["other", "charge NOT IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')"],
    ["transfer", TRANSFER],
    ["usage", "true"],
  ],
};

/** FOCUS specification 1.0 to 1.2; the columns with `x_` are AWS's own ("FOCUS 1.0 with AWS columns"). Billed cost is after discounts. */
const FOCUS: Format = {
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
  tags: ["tags"],
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

/** Columns that hold keys and values, which only CUR 2.0 has. */
const NESTED = ["resource_tags", "product", "cost_category", "discount", "bill_payer_account_name"];

/** The format that has such columns; undefined = they are of no bill that we know. */
export function formatOf(headings: readonly string[]): Format | undefined {
  const found = [CUR, FOCUS].find(({ key, known }) => headings.some((heading) => known.includes(key(heading))));
  if (found !== CUR) return found;
  return { ...CUR, name: headings.some((heading) => NESTED.includes(heading)) ? "CUR 2.0" : "legacy CUR" };
}
