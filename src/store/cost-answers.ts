import { z } from "zod";
import type { AccountId } from "../model/brand.ts";
import { addDays, day, dayOf } from "../model/calendar.ts";
import { canonical, sha256 } from "../model/canonical.ts";
import type { CostAnswer, CostQuestion } from "../model/cost-question.ts";
import { isError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import { amount } from "../model/money.ts";
import { readAll, type Store } from "./store.ts";

/* Answers of Cost Explorer, which cost a cent a page and change at most three times a day, are kept for a day. */

const KEPT_MS = 24 * 3_600_000;

const DAY = z.iso.date().transform(day);
const ANSWER = z.object({
  schema: z.literal(1),
  askedAt: z.iso.datetime(),
  lines: z.array(
    z.tuple([
      DAY,
      z.array(z.string()),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(amount),
    ]),
  ),
  currencies: z.array(z.string()),
  estimated: z.array(DAY),
  pages: z.number(),
});

const folderOf = (account: AccountId) => `cost-answers/${account}/`;

function pathOf(account: AccountId, question: CostQuestion, asked: number): string {
  return `${folderOf(account)}${dayOf(asked)}/${sha256(canonical(question as unknown as Json))}.json`;
}

/**
 * What AWS said to the same question within the last day. An answer that is damaged or cannot be read is as none.
 * @param now milliseconds since the epoch
 */
export async function keptAnswer(
  store: Store,
  account: AccountId,
  question: CostQuestion,
  now: number,
): Promise<CostAnswer | undefined> {
  const today = await read(store, pathOf(account, question, now), now);
  return today ?? (await read(store, pathOf(account, question, now - KEPT_MS), now));
}

async function read(store: Store, path: string, now: number): Promise<CostAnswer | undefined> {
  try {
    const bytes = await readAll(store, path);
    const { data } = ANSWER.safeParse(JSON.parse(bytes?.toString("utf8") ?? "null"));
    const age = data ? now - Date.parse(data.askedAt) : -1;
    if (!data || age < 0 || age >= KEPT_MS) return undefined;
    const { currencies, estimated, pages } = data;
    return {
      currencies,
      estimated,
      pages,
      lines: data.lines.map(([period, keys, sum]) => ({ period, keys, amount: sum })),
    };
  } catch (error) {
    if (error instanceof SyntaxError || isError(error)) return undefined;
    throw error;
  }
}

/**
 * Keeps a whole answer.
 * @throws EvenkeelError STORE_FAILED
 */
export async function keepAnswer(
  store: Store,
  account: AccountId,
  question: CostQuestion,
  { lines, ...answer }: CostAnswer,
  now: number,
): Promise<void> {
  const rows = lines.map(({ period, keys, amount: sum }) => [period, keys, sum]);
  const content = { schema: 1, askedAt: new Date(now).toISOString(), ...answer, lines: rows };
  await store.write(pathOf(account, question, now), Buffer.from(`${JSON.stringify(content)}\n`));
}

/**
 * Removes what is too old to be an answer.
 * @throws EvenkeelError STORE_FAILED
 */
export async function forgetAnswers(store: Store, account: AccountId, now: number): Promise<void> {
  const folder = folderOf(account);
  const oldest = `${folder}${addDays(dayOf(now), -1)}/`;
  for (const { path } of await store.list(folder)) if (path < oldest) await store.remove(path);
}
