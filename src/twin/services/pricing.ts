import { createHash } from "node:crypto";
import { AwsFault, page, service } from "../service.ts";
import { type ListedProduct, PRODUCTS, REGIONS, type Tier } from "./pricing-list.ts";

/** When the list was published. */
const PUBLISHED = "2026-01-05T18:00:00Z";
const ON_DEMAND = "JRTCKXETXF";

/** Where the API answers, whatever the region of a price. Source: AWS Price List user guide, "Endpoints". */
const ENDPOINTS: readonly string[] = ["us-east-1", "eu-central-1", "ap-south-1"];

interface Listed {
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

function sku(of: string): string {
  return createHash("sha256").update(of).digest("hex").slice(0, 16).toUpperCase();
}

/** KMS writes the region's code before its usage types. */
function usageIn(region: keyof typeof REGIONS, { service: code, usage }: ListedProduct): string {
  return code === "awskms" ? `${region}-${usage}` : `${REGIONS[region]}${usage}`;
}

function dimensions(code: string, unit: string, tiers: readonly Tier[]): object {
  return Object.fromEntries(
    tiers.map(([beginRange, price], index) => {
      const rateCode = `${code}.${ON_DEMAND}.${sku(beginRange)}`;
      const endRange = tiers[index + 1]?.[0] ?? "Inf";
      return [
        rateCode,
        {
          unit,
          beginRange,
          endRange,
          description: `$${price} per ${unit}`,
          appliesTo: [],
          rateCode,
          pricePerUnit: { USD: price },
        },
      ];
    }),
  );
}

function listed(
  product: ListedProduct,
  index: number,
  region: keyof typeof REGIONS,
  price: string | readonly Tier[],
): Listed {
  const usagetype = usageIn(region, product);
  const code = sku(`${index} ${usagetype}`);
  const attributes = {
    servicecode: product.service,
    regionCode: region,
    locationType: "AWS Region",
    usagetype,
    ...product.attributes,
  };
  const term = {
    priceDimensions: dimensions(code, product.unit, typeof price === "string" ? [["0", price]] : price),
    sku: code,
    effectiveDate: "2026-01-01T00:00:00Z",
    offerTermCode: ON_DEMAND,
    termAttributes: {},
  };
  const family = product.family ? { productFamily: product.family } : {};
  const item = {
    product: { ...family, attributes, sku: code },
    serviceCode: product.service,
    terms: { OnDemand: { [`${code}.${ON_DEMAND}`]: term }, Reserved: reserved(code) },
    version: "20260105180000",
    publicationDate: PUBLISHED,
  };
  return { attributes: { ...attributes, ...family, ServiceCode: product.service }, text: JSON.stringify(item) };
}

/** Every product has what must not be taken for its price: an upfront fee. */
function reserved(code: string): object {
  const upfront = {
    unit: "Quantity",
    beginRange: "0",
    endRange: "Inf",
    pricePerUnit: { USD: "999" },
    rateCode: `${code}.UP`,
  };
  return {
    [`${code}.RESERVED`]: {
      priceDimensions: { [upfront.rateCode]: upfront },
      sku: code,
      termAttributes: { PurchaseOption: "All Upfront" },
    },
  };
}

const LIST: readonly Listed[] = PRODUCTS.flatMap((product, index) =>
  (Object.keys(REGIONS) as (keyof typeof REGIONS)[]).flatMap((region, at) => {
    const price = product.prices[at];
    return price === undefined ? [] : [listed(product, index, region, price)];
  }),
);

export const pricing = service(
  { namespace: "com.amazonaws.pricing", signingName: "pricing" },
  () => import("@aws-sdk/client-pricing"),
  {
    /** All filters must match; a field that no product has matches none. Source: Price List Query API reference. */
    GetProducts(input, call) {
      if (!ENDPOINTS.includes(call.region))
        throw new AwsFault("UnknownOperationException", `The Price List API does not answer in ${call.region}.`, 404);
      const ofService = LIST.filter(({ attributes }) => attributes.servicecode === input.ServiceCode);
      if (ofService.length === 0) throw new AwsFault("NotFoundException", `Service ${input.ServiceCode} not found.`);
      const found = ofService.filter(({ attributes }) =>
        (input.Filters ?? []).every(({ Type, Field = "", Value }) => {
          if (Type !== "TERM_MATCH")
            throw new AwsFault("InvalidParameterException", `Filter type ${Type} is not simulated.`);
          return attributes[Field] === Value;
        }),
      );
      const limits = { max: 100, invalid: "InvalidParameterException" };
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxResults }, limits);
      return { FormatVersion: "aws_v1", PriceList: items.map(({ text }) => text), NextToken: next };
    },
  },
);
