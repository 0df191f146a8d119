import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome, Plan } from "../../model/plan.ts";
import { HOSTILE, IRELAND, sampleDelta } from "../delta/sample.test-data.ts";
import { removalDocument } from "./document.ts";
import { renderRemoval } from "./index.ts";
import { removalReport } from "./model.ts";
import { APPLIED, DATA, FRONT, largePlan, planOf, ROOT, samplePlan, step, target, WEB } from "./sample.test-data.ts";
import { wavesOf } from "./waves.ts";

const PLAIN = { colour: false } as const;

function ran(plan: Plan, outcomes: Readonly<Record<string, Outcome>>) {
  const all = new Map(plan.steps.map(({ id }) => [id, outcomes[id] ?? APPLIED]));
  return removalReport(plan, {
    done: { run: "restore-1", outcomes: all, exported: "file:x.json" },
    delta: sampleDelta(),
  });
}

const fates = (report: ReturnType<typeof removalReport>) =>
  Object.fromEntries(
    report.items.map(({ target: { id }, fate, because }) => [id, because ? `${fate}: ${because}` : fate]),
  );

describe("the order of a removal", () => {
  it("counts the steps on the longest way to each", () => {
    expect(Object.fromEntries(wavesOf(samplePlan().steps))).toEqual({
      "remove i-0abc": 0,
      "back-up vol-1": 0,
      "prepare sg-front": 0,
      "remove vol-1": 1,
      "remove sg-front": 1,
    });
  });

  it("never puts a resource before, or beside, one that it waits for", () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const group = (number: number) => target("AWS::EC2::SecurityGroup", `sg-${String(number).padStart(2, "0")}`);
        const steps = Array.from({ length: 12 }, (_, number) => {
          const before = pairs.filter(([to, from]) => to === number && from < number).map(([, from]) => from);
          return step("remove", group(number), {
            after: [...new Set(before)].map((each) => `remove ${group(each).id}`),
          });
        });
        const { items } = removalReport(planOf(steps));
        const orders = new Map(items.map((item) => [item.target.arn, item.order]));
        for (const { order, waitsFor } of items)
          for (const other of waitsFor) expect(orders.get(other.arn)).toBeLessThan(order);
        expect(Math.min(...orders.values())).toBe(1);
      }),
    );
  });
});

describe("what became of a resource", () => {
  it("is told by its last step", () => {
    expect(fates(ran(samplePlan(), {}))).toEqual({ "i-0abc": "done", "vol-1": "done", "sg-front": "done" });
    expect(
      fates(ran(samplePlan(), { "remove i-0abc": { kind: "unchanged", reason: "it is so already" } }))["i-0abc"],
    ).toBe("gone");
  });

  it("is what its own backup came to, and names what it waits for otherwise", () => {
    const report = ran(samplePlan(), {
      "remove i-0abc": { kind: "deferred", reason: "it is shutting-down" },
      "back-up vol-1": { kind: "failed", reason: "no permission" },
      "remove vol-1": { kind: "blocked", by: "back-up vol-1", reason: "it waits for back-up vol-1" },
      "remove sg-front": { kind: "blocked", by: "remove i-0abc", reason: "it waits for remove i-0abc" },
    });

    expect(fates(report)).toEqual({
      "i-0abc": "deferred: it is shutting-down",
      "vol-1": "failed: its backup: no permission",
      "sg-front": "blocked: it waits for EC2 instance web-1, which was not done",
    });
  });

  it("says of a run that was stopped what was never begun", () => {
    const plan = samplePlan();
    const done = { run: "restore-1", outcomes: new Map([["remove i-0abc", APPLIED]]), exported: "x" };
    expect(fates(removalReport(plan, { done }))).toMatchObject({
      "i-0abc": "done",
      "vol-1": "not begun: the run was stopped before",
    });
  });

  it("counts what goes along with the resource whose step takes it, however far", () => {
    const disk = target("AWS::EC2::Volume", "vol-far");
    const plan = planOf(
      [step("remove", WEB)],
      [
        { target: ROOT, reason: "goes with web-1", goesWith: WEB.arn },
        { target: disk, reason: "goes with vol-root", goesWith: ROOT.arn },
      ],
    );
    const { items, kept } = removalReport(plan);
    expect(items[0]?.takes).toEqual([ROOT, disk]);
    expect(kept).toEqual([]);
  });
});

describe("a backup", () => {
  const final = (outcome?: Outcome) => {
    const plan = planOf([step("remove", DATA, { saves: { finalSnapshot: "evenkeel-x" } })]);
    return (outcome ? ran(plan, { "remove vol-1": outcome }) : removalReport(plan)).items[0]?.backup?.state;
  };
  const own = (outcome: Outcome) =>
    ran(samplePlan(), { "back-up vol-1": outcome }).items.find(({ backup }) => backup)?.backup?.state;

  it("that AWS takes at the deletion is only there when that is done, and perhaps when it was begun", () => {
    expect(final()).toBe("planned");
    expect(final(APPLIED)).toBe("made");
    expect(final({ kind: "deferred", reason: "" })).toBe("unsure");
    expect(final({ kind: "failed", reason: "" })).toBe("unsure");
    expect(final({ kind: "unchanged", reason: "" })).toBe("not made");
    expect(final({ kind: "skipped", reason: "" })).toBe("not made");
  });

  it("of its own step is there when it was made, now or before", () => {
    expect(own(APPLIED)).toBe("made");
    expect(own({ kind: "unchanged", reason: "" })).toBe("made");
    expect(own({ kind: "failed", reason: "" })).toBe("not made");
  });
});

describe("a removal for people", () => {
  it("reads in its order, with what is lost, awaited, copied and taken along", async () => {
    expect(await renderRemoval(removalReport(samplePlan()), "table", { ...PLAIN, width: 80 })).toMatchInlineSnapshot(`
      "Plan p-0123456789ab, account 123456789012: restore removes 3 resources with 1
        that goes along and keeps 1
      why: it was added after friday
      made 2026-11-20 10:15 UTC, may be applied until 2026-11-20 11:15 UTC

      To be removed (3): in this order, each as soon as what it waits for is gone
          RESOURCE                                           REGION     WAITS FOR
        1. ec2:instance (1), holds data: terminated
          loses its memory and its instance store
          i-0abc (web-1)                                     eu-west-1
            takes along ec2:volume vol-root
        2. ec2:security-group (1): first no other group's rules name it any more; then
          deleted
          sg-front (front)                                   eu-west-1  i-0abc (web-1)
        2. ec2:volume (1), holds data: first an EBS snapshot is made; then deleted
          loses its data
          vol-1 (</script><script>document.title='owned'</…  eu-west-1  i-0abc (web-1)

      Kept (1): what was looked at and stays
          TYPE      RESOURCE  REGION
        EC2 Instance build-7 uses it, and stays
          iam:role  deploy    global

      Backups (1): they will stay and cost until somebody deletes them
      KIND          NAME                           OF                        REGION
      EBS snapshot  evenkeel-vol-1-20261120101500  vol-1 (</script><script…  eu-west-1
      "
    `);
  });

  it("says what is done, and what is not and why", async () => {
    const report = ran(samplePlan(), {
      "back-up vol-1": { kind: "failed", reason: "no permission" },
      "remove vol-1": { kind: "blocked", by: "back-up vol-1", reason: "" },
    });
    const text = await renderRemoval(report, "table", PLAIN);

    expect(text).toContain("Run restore-1, account 123456789012: removed 2 of 3 resources with 1 that went along");
    expect(text).toContain("failed: its backup: no permission");
    expect(text).toContain("not made");
    expect(text).toContain("Compared with prod again: 3 added, 2 deleted");
    expect(text).toContain("and 3 more: --verbose shows them");
    expect(await renderRemoval(report, "table", { ...PLAIN, all: true })).not.toContain("--verbose");
  });

  it("shows each of two hundred that go, and counts the kept by reason", async () => {
    const report = removalReport(largePlan(200));
    const text = await renderRemoval(report, "table", { ...PLAIN, width: 80 });

    expect(text.match(/^ {4}i-\d+/gm)).toHaveLength(200);
    expect(text).toContain("  it is in friday (180)\n");
    expect(text).toContain("and 177 more: --verbose shows them");
    expect(text.match(/sg-\d+/g)).toHaveLength(6);
    const all = await renderRemoval(report, "table", { ...PLAIN, width: 80, all: true });
    expect(all.match(/sg-\d+/g)).toHaveLength(200);
  });

  it.each([80, 120])("keeps within %i columns, and shows no column that is empty", async (width) => {
    const texts = await Promise.all(
      [removalReport(samplePlan()), ran(samplePlan(), {}), removalReport(largePlan(200))].map((report) =>
        renderRemoval(report, "table", { ...PLAIN, width }),
      ),
    );
    for (const line of texts.join("\n").split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    expect(texts[2]).not.toContain("WAITS FOR");
    expect(texts.join("\n")).not.toMatch(/STAGE|SAVES/);
  });

  it("tells apart what goes into quarantine", async () => {
    const plan = planOf(
      [step("quarantine", WEB, { how: "stopped and tagged until friday" })],
      [{ target: ROOT, reason: "goes with web-1, which is in quarantine first", goesWith: WEB.arn }],
    );
    const text = await renderRemoval(removalReport(plan), "table", PLAIN);

    expect(text).toContain("restore puts 1 resource into quarantine with 1 that goes along");
    expect(text).toContain("later takes along ec2:volume vol-root");
    expect(text).not.toContain("holds data");
    expect(removalDocument(ran(plan, {}))).toMatchObject({ removed: [], quarantined: [WEB] });
  });

  it("says that nothing goes", async () => {
    expect(await renderRemoval(removalReport(planOf([])), "table", PLAIN)).toContain("restore removes nothing\n");
  });
});

describe("a removal for machines", () => {
  it("has one record a resource", async () => {
    const rows: Record<string, string>[] = parseCsv(await renderRemoval(removalReport(samplePlan()), "csv", PLAIN), {
      columns: true,
    });
    expect(rows.map(({ outcome, id, goes_with }) => [outcome, id, goes_with])).toEqual([
      ["planned", "i-0abc", ""],
      ["planned", "vol-root", WEB.arn],
      ["planned", "sg-front", ""],
      ["planned", "vol-1", ""],
      ["kept", "deploy", ""],
    ]);
    expect(rows[3]).toMatchObject({ name: HOSTILE.script, backup_state: "planned", waits_for: WEB.arn });
  });

  it("lists what is still there with its outcome, and counts what this run has removed", () => {
    const document = removalDocument(
      ran(samplePlan(), {
        "remove i-0abc": { kind: "unchanged", reason: "it is so already" },
        "remove sg-front": { kind: "deferred", reason: "it is held by eni-1" },
      }),
    );
    expect(document.changes).toBe(1);
    expect(document.removed.map(({ id }) => id)).toEqual(["i-0abc", "vol-1"]);
    expect(document.failed).toEqual([{ ...FRONT, outcome: "deferred", reason: "it is held by eni-1" }]);
  });
});

describe("pages and comments", () => {
  it("show foreign names as text, and what was not seen", async () => {
    const coverage = [
      { type: "AWS::EC2::Volume", region: IRELAND, status: "denied", count: 0, action: "ec2:DescribeVolumes" },
    ] as const;
    const report = removalReport({ ...samplePlan(), coverage });
    const [html, markdown] = [
      await renderRemoval(report, "html", PLAIN),
      await renderRemoval(report, "markdown", PLAIN),
    ];

    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;/script&gt;");
    expect(html).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src/);
    expect(markdown).not.toContain("</script>");
    for (const text of [html, markdown]) expect(text).toMatch(/ec2:DescribeVolumes/);
  });

  it("leave out of a comment what it has no room for, and count that", async () => {
    const markdown = await renderRemoval(removalReport(largePlan(2_000)), "markdown", PLAIN);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toMatch(/more rows not shown/);
  });
});
