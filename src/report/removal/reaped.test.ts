import { describe, expect, it } from "vitest";
import type { Outcome, Plan } from "../../model/plan.ts";
import { removalDocument } from "./document.ts";
import { renderRemoval } from "./index.ts";
import { removalReport } from "./model.ts";
import { APPLIED, DATA, DEPLOY, FRONT, planOf, ROOT, step, target, WEB } from "./sample.test-data.ts";

const PLAIN = { colour: false } as const;
const KEY = target("AWS::EC2::KeyPair", "packer_1");
const FAR = target("AWS::EC2::Volume", "vol-far");
const REASON = "a build with key packer_1 that is 3 hours old";

/** An instance whose volumes go along, with a copied volume and a group behind it, an orphan, and a role that stays. */
function reap(more: Partial<Plan> = {}, saves: object = {}): Plan {
  const facts = { instanceType: "c6i.xlarge", state: "running", key: "packer_1", since: "2026-11-20T07:15:00Z" };
  const tied = { after: ["remove i-0abc"], reason: "it was made for the build on i-0abc" };
  return planOf(
    [
      step("remove", WEB, { how: "terminated", reason: REASON, loses: ["its memory"], saves: { ...facts, ...saves } }),
      step("back-up", DATA, { how: "an EBS snapshot is made", saves: { backup: "evenkeel-vol-1" } }),
      step("remove", DATA, { ...tied, after: ["back-up vol-1", "remove i-0abc"], loses: ["its data"] }),
      step("remove", FRONT, { ...tied, reason: "policy groups matches it" }),
      step("remove", KEY, { reason: "a build's key without a build" }),
    ],
    [
      { target: ROOT, reason: "goes with web-1", goesWith: WEB.arn },
      { target: FAR, reason: "goes with vol-root", goesWith: ROOT.arn },
      { target: DEPLOY, reason: "not only EC2 may assume it" },
    ],
    { verb: "reap", ...more },
  );
}

function ran(plan: Plan, outcomes: Readonly<Record<string, Outcome>> = {}) {
  const all = new Map(plan.steps.map(({ id }) => [id, outcomes[id] ?? APPLIED]));
  return removalReport(plan, { done: { run: "reap-1", outcomes: all, exported: "file:x.json" } });
}

const FAILED = { "remove i-0abc": { kind: "failed", reason: "no permission" } } as const;

describe("a reap for people", () => {
  it("tells of each instance what it was and what goes with it, and of the rest by kind", async () => {
    const text = await renderRemoval(removalReport(reap()), "table", { ...PLAIN, width: 80 });

    expect(text.split("\n").slice(0, -5).join("\n")).toMatchInlineSnapshot(`
      "Plan p-0123456789ab, account 123456789012: reap removes 4 resources with 2 that
        go along and keeps 1
      made 2026-11-20 10:15 UTC, may be applied until 2026-11-20 11:15 UTC

      Instances (1): each with everything that goes with it
          TYPE                RESOURCE                           REGION     WHAT
        a build with key packer_1 that is 3 hours old
          ec2:instance        i-0abc (web-1)                     eu-west-1  terminated
            c6i.xlarge, was running
            https://console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0abc
            loses its memory
          ec2:volume          vol-root                           eu-west-1  goes along
          ec2:volume          vol-far                            eu-west-1  goes along
          ec2:security-group  sg-front (front)                   eu-west-1  deleted
            policy groups matches it
          ec2:volume          vol-1 (</script><script>document…  eu-west-1  deleted
            first an EBS snapshot is made
            holds data
            loses its data

      To be removed besides (1): in this order, each as soon as what it waits for is
        gone
          RESOURCE  REGION
        1. ec2:key-pair (1): deleted
          why: a build's key without a build
          packer_1  eu-west-1

      Kept (1): what was looked at and stays
          TYPE      RESOURCE  REGION
        not only EC2 may assume it
          iam:role  deploy    global"
    `);
  });

  it("tells every resource once", async () => {
    for (const report of [removalReport(reap()), ran(reap())]) {
      const text = await renderRemoval(report, "table", PLAIN);
      for (const { id } of [KEY, FRONT, ROOT, FAR, DEPLOY])
        expect(text.match(new RegExp(`^ +\\S+ +${id}\\b|^ +${id}\\b`, "gm")), id).toHaveLength(1);
    }
  });

  it("tells the age and the key where the reason does not", async () => {
    const [first, ...others] = reap().steps;
    if (!first) throw new Error("no step");
    const plan = { ...reap(), steps: [{ ...first, reason: "policy old matches it" }, ...others] };

    expect(await renderRemoval(removalReport(plan), "table", PLAIN)).toContain(
      "c6i.xlarge, was running, 3 h old, key packer_1\n",
    );
  });

  it("says what was done, and with an instance that is still there nothing as gone with it", async () => {
    const done = await renderRemoval(ran(reap()), "table", PLAIN);
    const failed = await renderRemoval(
      ran(reap(), {
        ...FAILED,
        "remove vol-1": { kind: "blocked", by: "remove i-0abc", reason: "" },
        "remove sg-front": { kind: "blocked", by: "remove i-0abc", reason: "" },
      }),
      "table",
      PLAIN,
    );

    expect(done).toMatch(/Instances \(1\).*went along.*Done besides \(1\).*packer_1/s);
    expect(done).not.toContain("loses");
    expect(failed).not.toContain("Instances (");
    expect(failed).toMatch(/Done \(1\).*Not done \(3\).*failed: no permission\n +ec2:instance/s);
  });

  it("breaks no link, whatever the width", async () => {
    const text = await renderRemoval(removalReport(reap()), "table", { ...PLAIN, width: 40 });

    expect(text).toMatch(/^ {6}https:\S+#InstanceDetails:instanceId=i-0abc$/m);
  });

  it("is one line where there is nothing to tell", async () => {
    const nothing = removalReport(planOf([], [], { verb: "reap" }));

    expect(await renderRemoval(nothing, "table", PLAIN)).toBe(
      "Plan p-0123456789ab, account 123456789012: reap removes nothing\n",
    );
  });
});

describe("a reap in other forms", () => {
  it("has a section for machines, with what goes along however far", () => {
    const document = removalDocument(removalReport(reap()));
    const [instance] = document.reap?.instances ?? [];

    expect(document.reap).toMatchObject({ mode: "dry run", deferred: [], errors: [], isNews: true });
    expect(document.reap).not.toHaveProperty("kept");
    expect(instance).toMatchObject({ state: "running", key: "packer_1", ageMs: 3 * 3_600_000, reason: REASON });
    expect(instance?.removed.map(({ id }) => id)).toEqual(["vol-root", "vol-far", "vol-1", "sg-front"]);
    expect(document.reap?.orphans).toEqual([{ type: "AWS::EC2::KeyPair", targets: [KEY] }]);
    expect(removalDocument(ran(reap(), FAILED)).reap?.errors).toEqual([
      expect.objectContaining({ target: WEB, reason: "no permission" }),
    ]);
  });

  it("is no part of a restore", () => {
    expect(removalDocument(removalReport(reap({ verb: "restore" })))).not.toHaveProperty("reap");
  });

  it("links to the console in pages and comments, and shows foreign names as text", async () => {
    const report = removalReport(reap({}, { state: "<script>x</script>" }));
    const [html, markdown] = [
      await renderRemoval(report, "html", PLAIN),
      await renderRemoval(report, "markdown", PLAIN),
    ];
    const link = "https://console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0abc";

    expect(html).toContain(`<a href="${link}">open</a>`);
    expect(markdown).toContain(`[open](${link})`);
    for (const text of [html, markdown]) {
      expect(text).not.toContain("<script>");
      expect(text).toMatch(/To be removed besides/);
      for (const { id } of [FRONT, ROOT, FAR]) expect(text).toContain(id);
    }
  });

  it("links every count of a page to a list that is there", async () => {
    for (const report of [removalReport(reap()), ran(reap()), ran(reap(), FAILED)]) {
      const html = await renderRemoval(report, "html", PLAIN);
      for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    }
  });
});
