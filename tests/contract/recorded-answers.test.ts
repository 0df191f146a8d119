import { describe, expect, it } from "vitest";
import type { Facts, Found } from "../../src/catalog/contract.ts";
import { FACTS, loadEntry } from "../../src/catalog/registry.ts";
import { toResource } from "../../src/catalog/resource.ts";
import { isError } from "../../src/model/errors.ts";
import { toJson } from "../../src/model/json.ts";
import { redactor } from "../../src/model/redact.ts";
import type { ScannedResource } from "../../src/model/resource.ts";
import { HIDDEN, plant, SECRET_NAMES, SECRET_TEXTS } from "./plant.ts";
import { answersAbout, answersAreHere, type RecordedAnswer, recordedScope } from "./recorded.ts";

const redact = redactor(Buffer.from("key of the recorded answers"));
const findingIn = ({ account, region }: RecordedAnswer) => ({ account, partition: "aws", region, redact });

async function list(facts: Facts, answer: RecordedAnswer, otherwise: "empty" | "gone" = "empty"): Promise<Found[]> {
  const entry = await loadEntry(facts.type);
  const found: Found[] = [];
  for await (const each of entry.list(recordedScope(answer, otherwise))) found.push(each);
  return found;
}

async function resources(facts: Facts, answer: RecordedAnswer, otherwise?: "gone"): Promise<ScannedResource[]> {
  const found = await list(facts, answer, otherwise);
  return found.map((each) => toResource(facts, each, findingIn(answer)));
}

const RECORDED_TYPES = FACTS.filter(({ type }) => answersAbout(type).length > 0);

if (answersAreHere())
  describe.each(RECORDED_TYPES.map((facts) => [facts.type, facts as Facts] as const))(
    "what AWS answered of %s",
    (_, facts) => {
      it("becomes resources, the same ones each time", async () => {
        let seen = 0;
        for (const answer of answersAbout(facts.type)) {
          const once = await resources(facts, answer);

          expect(await resources(facts, answer), answer.file).toEqual(once);
          seen += once.length;
        }

        expect(seen).toBeGreaterThan(0);
      });

      it("does no harm when all else is gone", async () => {
        for (const answer of answersAbout(facts.type)) {
          const outcome = await resources(facts, answer, "gone").catch((error: unknown) => error);

          expect(Array.isArray(outcome) || isError(outcome), `${answer.file}: ${String(outcome)}`).toBe(true);
        }
      });

      it("lets no planted secret pass", async () => {
        for (const answer of answersAbout(facts.type))
          for (const [index, found] of (await list(facts, answer)).entries())
            for (const [pick, text] of Object.values(SECRET_TEXTS).entries()) {
              const name = SECRET_NAMES[(index + pick) % SECRET_NAMES.length] as string;
              const planting = { pick: index * 7 + pick, name, secret: "h1dd3n", text };
              const configuration = plant(facts, toJson(found.configuration), planting) as object;
              const tags = { ...found.tags, note: text };
              const said = JSON.stringify(toResource(facts, { ...found, tags, configuration }, findingIn(answer)));

              for (const hidden of HIDDEN) expect(said.includes(hidden), `${hidden} of ${answer.file}`).toBe(false);
            }
      });
    },
  );
else it.skip("what AWS answered: the recorded answers are not here (../shared/data/aws-answers)", () => undefined);
