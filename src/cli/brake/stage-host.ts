import { PAUSE_STAGES } from "../../catalog/contract.ts";
import type { Host } from "../../io/host.ts";
import type { Plan } from "../../model/plan.ts";

interface Stage {
  readonly name: string;
  readonly total: number;
  done: number;
}

/** A host that shows the steps of a plan with one progress line a stage instead of one for all. */
export function stageHost(host: Host, plan: Plan): Host {
  const numbers = [...new Set(plan.steps.map(({ stage }) => stage))].sort((a, b) => a - b);
  const stages = new Map(
    numbers.map((number): [number, Stage] => [
      number,
      {
        name: PAUSE_STAGES[Math.abs(number)] ?? `stage ${Math.abs(number) + 1}`,
        total: plan.steps.filter(({ stage }) => stage === number).length,
        done: 0,
      },
    ]),
  );
  // The sentence of a step begins with its type, and a type is of one stage.
  const stageOf = new Map(plan.steps.map(({ says, stage }) => [says, stages.get(stage)]));
  const width = Math.max(0, ...[...stages.values()].map(({ name }) => name.length));
  const show = ({ name, total, done }: Stage, at?: string) =>
    host.tell({ kind: "progress", task: name.padEnd(width), done, total, ...(at ? { at } : {}) });
  const begun = new Set<Stage>();
  const begin = (stage: Stage | undefined) => {
    if (!stage || begun.has(stage)) return;
    begun.add(stage);
    show(stage);
  };
  begin([...stages.values()][0]);
  return {
    ask: (question) => host.ask(question),
    tell: (message) => {
      const stage =
        message.kind === "progress" && message.task === plan.verb ? stageOf.get(message.at ?? "") : undefined;
      if (message.kind !== "progress" || !stage) return host.tell(message);
      begin(stage);
      stage.done += 1;
      show(stage, message.at);
      if (stage.done === stage.total) begin([...stages.values()].find((each) => each.done < each.total));
    },
  };
}
