import type { Connection } from "../../../aws/connection.ts";
import { askCosts } from "../../../aws/cost-explorer.ts";
import type { Host } from "../../../io/host.ts";
import type { Asked } from "../../../model/cost.ts";
import type { CostAnswer, CostQuestion } from "../../../model/cost-question.ts";
import { EvenkeelError } from "../../../model/errors.ts";
import { amount } from "../../../model/money.ts";
import { forgetAnswers, keepAnswer, keptAnswer } from "../../../store/cost-answers.ts";
import type { Store } from "../../../store/store.ts";

/** Questions to Cost Explorer: each page costs a cent, so that answers are kept, and a person is asked before many of them. */
export interface Asking {
  /**
   * The answers in the questions' order, kept ones of the last day among them.
   * @param pages how many requests an answer will probably take
   * @throws EvenkeelError REFUSED when a person says no, and what the calls throw
   */
  answers(questions: readonly CostQuestion[], pages: number): Promise<CostAnswer[]>;
  asked(): Asked;
  /** Why answers could not be kept; undefined = they were. */
  trouble(): string | undefined;
}

export interface AskingMeans {
  readonly connection: Connection;
  readonly store: Store;
  readonly host: Host;
}

/** How many requests are made without asking. */
const UNASKED = 20;

/** Source: https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/ : each page is a request, USD 0.01. */
const dollars = (requests: number) => `${Math.floor(requests / 100)}.${String(requests % 100).padStart(2, "0")}`;

export function asking({ connection, store, host }: AskingMeans): Asking {
  const { account, clock } = connection;
  let [requests, kept, allowed] = [0, 0, UNASKED];
  let trouble: string | undefined;

  /** @param until how many requests there will be in all */
  const allow = async (until: number, text: string) => {
    if (until <= allowed) return;
    if (!(await host.ask({ kind: "confirm", text, default: false }))) throw refusal(requests);
    allowed = until;
  };
  const expect = (more: number) => {
    const all = requests + more;
    const soFar = requests > 0 ? `, ${requests} of them made so far` : "";
    return allow(
      all,
      `Cost Explorer will get about ${all} requests${soFar}. At USD 0.01 each that is USD ${dollars(all)}. Go on?`,
    );
  };
  const beforeRequest = async () => {
    if (requests >= allowed)
      await allow(
        requests + UNASKED,
        `Cost Explorer has got ${requests} requests (USD ${dollars(requests)}), and its answer goes on. Make up to ${UNASKED} more, at USD 0.01 each?`,
      );
    requests += 1;
  };
  const keep = async (question: CostQuestion, answer: CostAnswer) => {
    try {
      await keepAnswer(store, account, question, answer, clock.now());
      await forgetAnswers(store, account, clock.now());
    } catch (error) {
      trouble ??= `Cost Explorer's answers could not be kept: ${error instanceof Error ? error.message : String(error)}`;
    }
  };

  return {
    async answers(questions, pages) {
      const known = await Promise.all(questions.map((each) => keptAnswer(store, account, each, clock.now())));
      await expect(known.filter((each) => each === undefined).length * pages);
      const all: CostAnswer[] = [];
      for (const [at, question] of questions.entries()) {
        const old = known[at];
        if (old) kept += 1;
        const answer = old ?? (await askCosts(connection, question, beforeRequest));
        if (!old) await keep(question, answer);
        all.push(answer);
      }
      return all;
    },
    asked: () => ({ requests, kept, price: amount(dollars(requests)) }),
    trouble: () => trouble,
  };
}

function refusal(requests: number): EvenkeelError {
  const made = requests === 1 ? "1 request was made" : `${requests} requests were made`;
  return new EvenkeelError(
    "REFUSED",
    "Cost Explorer was not asked everything, so that there is nothing whole to show",
    {
      state: `${made} (USD ${dollars(requests)}); whole answers are kept for a day and cost nothing when they are asked again`,
      hint: "take fewer days, --granularity monthly or another --group-by, or a bill file: `--bill`",
    },
  );
}
