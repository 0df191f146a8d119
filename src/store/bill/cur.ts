import { SUPPORT, TRANSFER } from "./charge-kinds.ts";
import type { Format } from "./formats.ts";

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

const UNBLENDED = "line_item_unblended_cost";

/** Data Exports user guide, "Cost and Usage Report (CUR) 2.0" of the table dictionary, and "Line item details" of legacy CUR. */
export const CUR: Format = {
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
  // Either may be chosen: "Resource tags columns" and "Tags column" of the table dictionary. Keys in the second begin with where
  // a tag comes from: a resource, an account, a user, a cost category.
  tags: { resource_tags: "", tags: "resourceTags/" },
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
