import { GLOBAL, type Region } from "../model/brand.ts";
import type { Step, Target } from "../model/plan.ts";
import type { Looking } from "./look-around.ts";
import type { Relations } from "./relations.ts";
import { sharedLooks } from "./shared-looks.ts";

/** Of a step, what tells which changes come before it. */
type Ordered = Pick<Step, "id" | "target" | "stage" | "after">;

/** What the steps of a plan are told of what is around them. */
export interface FreshLooks {
  /** To be called when a step begins: what it waited for has ended. Only the first call counts. */
  begin(step: Ordered): void;
  /**
   * For a step that has begun. Of the regions in which a step that it waited for has changed something it is told what was
   * read since; of others what was read within the last seconds.
   */
  around(step: Ordered): Promise<Relations>;
  /** Read after this was asked, every listing of it. */
  anew(target: Target): Promise<Relations>;
}

/** By region, how many readings had begun when the last change there, of those that a step waits for, had ended. */
type Since = ReadonlyMap<Region, number>;

export function freshLooks(looking: Looking, steps: readonly Ordered[]): FreshLooks {
  const looks = sharedLooks(looking);
  const targets = new Map(steps.map(({ id, target }) => [id, target]));
  const since = new Map<string, Since>();
  const stages = new Map<number, Since>();

  /** All of the earlier stages has ended when the first step of a stage begins. */
  function ofStage(stage: number): Since {
    const known = stages.get(stage);
    if (known) return known;
    const before = steps.filter((step) => step.stage < stage);
    const ended = new Map(before.flatMap(({ target }) => changedBy(target)).map((region) => [region, looks.begun()]));
    stages.set(stage, ended);
    return ended;
  }

  return {
    begin({ id, stage, after }) {
      if (since.has(id)) return;
      const now = new Map(ofStage(stage));
      for (const before of after) {
        for (const [region, begun] of since.get(before) ?? []) now.set(region, Math.max(begun, now.get(region) ?? 0));
      }
      for (const target of after.flatMap((before) => targets.get(before) ?? []))
        for (const region of changedBy(target)) now.set(region, looks.begun());
      since.set(id, now);
    },
    around({ id, target }) {
      const ended = since.get(id);
      return looks.around(target, (region) => (ended ? (ended.get(region) ?? 0) : looks.begun()));
    },
    anew: (target) => looks.around(target, () => looks.begun()),
  };
}

/** A stack takes roles along, so that IAM counts wherever anything is changed. */
function changedBy({ region }: Target): readonly Region[] {
  return [region, GLOBAL];
}
