import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import type { Plan } from "../model/plan.ts";
import { renderReport } from "../report/format.ts";
import { preparePause } from "../verbs/pause/pause.ts";
import { planReport } from "./plan-view.ts";

const RENDER = { colour: false, ascii: true };
let priced: Plan;
let plain: Plan;

beforeAll(async () => {
  const request = { selection: {}, extend: false };
  priced = await preparePause((await verbTrial()).context, { ...request, prices: true });
  plain = await preparePause((await verbTrial()).context, request);
});

describe("a plan with money", () => {
  it("shows what each step saves, what the rest costs, and the sums with their date", async () => {
    const text = await renderReport(planReport(priced), "table", RENDER);

    expect(text).toMatch(/SAVES\/H/);
    expect(text).toMatch(/EC2 instance bastion: \S+.* \$0\.0114/);
    expect(text).toMatch(/ECS service checkout: \S+.* \$0\.0741/);
    expect(text).toMatch(/AWS::EC2::NatGateway back +\$0\.0450 \+ \?/);
    expect(text).toMatch(/AWS::EC2::Volume \S+ +with i-/);
    expect(text).toContain("Saves $1.9803 an hour, $47.53 a day, $1,445.64 a month.");
    expect(text).toContain("read from AWS 2026-01-13 11:00 UTC");
    expect(text).toContain("traffic: it costs by the GB that goes through it (3 times)");
  });

  it("has the same exact amounts in JSON and CSV", async () => {
    const { plan } = JSON.parse(await renderReport(planReport(priced), "json", RENDER)) as { plan: Plan };
    const rows: Record<string, string>[] = parse(await renderReport(planReport(priced), "csv", RENDER), {
      columns: true,
    });

    expect(rows).toHaveLength(plan.steps.length + plan.kept.length);
    for (const [index, { money }] of [...plan.steps, ...plan.kept].entries()) {
      const known = money?.countedWith === undefined && (money?.parts.length || money?.unpriced.length === 0);
      expect(rows[index]?.net_hour).toBe(known ? money?.net : "");
    }
  });

  it("has no column of prices where nobody asked for them", async () => {
    const text = await renderReport(planReport(plain), "table", RENDER);

    expect(text).not.toMatch(/SAVES\/H|\$/);
  });
});
