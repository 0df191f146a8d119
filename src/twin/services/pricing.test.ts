import { GetProductsCommand, PricingClient } from "@aws-sdk/client-pricing";
import { expect, it } from "vitest";
import { virtualClock } from "../clock.ts";
import { createTwin } from "../twin.ts";
import { twinHandler } from "../wire/handler.ts";
import { clientConfig } from "../wire/sdk-clients.ts";
import { emptyWorld } from "../world.ts";

function client(region = "us-east-1"): PricingClient {
  const world = emptyWorld(["111111111111"]);
  const twin = createTwin({ world, clock: virtualClock(world.startedAt), strict: true });
  return new PricingClient({ ...clientConfig(twinHandler(twin)), region });
}

const inDublin = { Type: "TERM_MATCH", Field: "regionCode", Value: "eu-west-1" } as const;

it("answers with products as JSON texts, on the wire too", async () => {
  const Filters = [inDublin, { Type: "TERM_MATCH", Field: "instanceType", Value: "t3.micro" } as const];
  const answer = await client().send(new GetProductsCommand({ ServiceCode: "AmazonEC2", Filters }));
  const products = (answer.PriceList as string[]).map((text) => JSON.parse(String(text)));

  expect(products.map(({ product }) => product.attributes.usagetype)).toEqual([
    "EU-BoxUsage:t3.micro",
    "EU-UnusedBox:t3.micro",
    "EU-BoxUsage:t3.micro",
  ]);
  const [dimension] = Object.values(products[0].terms.OnDemand as object).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions as object),
  );
  expect(dimension).toMatchObject({ unit: "Hrs", pricePerUnit: { USD: "0.0114" } });
});

it("comes page by page without losing or repeating one", async () => {
  const pricing = client();
  const request = { ServiceCode: "AmazonEC2", Filters: [inDublin] };
  const whole = (await pricing.send(new GetProductsCommand(request))).PriceList?.map(String);
  const paged: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await pricing.send(new GetProductsCommand({ ...request, MaxResults: 3, NextToken }));
    paged.push(...(page.PriceList ?? []).map(String));
    NextToken = page.NextToken;
  } while (NextToken);

  expect(paged).toEqual(whole);
});

it("answers in few regions, whatever the region of a price", async () => {
  await expect(client("eu-west-1").send(new GetProductsCommand({ ServiceCode: "AmazonEC2" }))).rejects.toThrow();
});
