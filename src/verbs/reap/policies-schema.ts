import { z } from "zod";
import { parseTypes } from "../../engine/selection.ts";
import { isError } from "../../model/errors.ts";
import { parseQuarantine } from "../removal/quarantine.ts";
import { POLICY_ACTIONS, parseAge, parseNamePattern } from "./own-policy.ts";
import { BUILT_IN } from "./policies.ts";
import { CONFIRM_RUNS } from "./policy.ts";

const tags = z.array(z.string().regex(/^[^=]+(=.*)?$/, "must be KEY or KEY=VALUE")).min(1);

/** A text that a parser of the verb takes. */
export const parsed = (parse: (text: string) => unknown) =>
  z
    .string()
    .min(1)
    .superRefine((text, context) => {
      try {
        parse(text);
      } catch (error) {
        if (!isError(error)) throw error;
        const message = [error.message, error.details.hint].filter(Boolean).join("; ");
        context.addIssue({ code: "custom", message });
      }
    });

const match = z.strictObject({
  type: z
    .array(parsed((name) => parseTypes([name])))
    .min(1)
    .describe("Types by any of their names, or groups. One that holds data is removed only where it is named itself."),
  name: parsed(parseNamePattern)
    .optional()
    .describe("A glob, or a regular expression between slashes; of the id, where a resource has no name."),
  tags: tags.optional().describe("KEY or KEY=VALUE: it has all of them."),
  "not-tags": tags.optional().describe("KEY or KEY=VALUE: it has none of them."),
  age: parsed(parseAge).optional().describe("It is at least so old: 72h, 3d."),
  unused: z.literal(true).optional().describe("Nothing uses it."),
  cost: z
    .strictObject({ above: z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount in quotes, such as "0.10"') })
    .optional()
    .describe("It costs more an hour, at list prices."),
});

/** What `evenkeel reap --policy NAME` removes, pauses or reports, by name. */
export const policiesSchema = z
  .record(
    // It is part of a tag's key, which has at most 128 characters.
    z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "must be a name of up to 64 small letters, digits and hyphens"),
    z
      .strictObject({
        match: match.describe("All of it must be so."),
        action: z
          .enum(POLICY_ACTIONS)
          .describe(
            "remove; quarantine: stop and tag, and remove when the time is over; pause: stop until `evenkeel resume`; report: only tell.",
          ),
        quarantine: parsed(parseQuarantine).optional().describe("With action quarantine, how long: 7d, 12h."),
        "confirm-runs": z
          .literal(CONFIRM_RUNS)
          .optional()
          .describe("With action remove: 2 = the first run that finds it only marks it, and the next one removes it."),
      })
      .superRefine(({ action, quarantine, "confirm-runs": confirmRuns }, context) => {
        if (confirmRuns !== undefined && action !== "remove")
          context.addIssue({ code: "custom", message: "goes only with action: remove", path: ["confirm-runs"] });
        if ((action === "quarantine") === (quarantine !== undefined)) return;
        const message = "goes with action: quarantine, and only with that; for example 7d";
        context.addIssue({ code: "custom", message, path: ["quarantine"] });
      }),
  )
  .superRefine((written, context) => {
    if (!Object.hasOwn(written, BUILT_IN)) return;
    context.addIssue({ code: "custom", message: "is built in, and can't be replaced", path: [BUILT_IN] });
  });

/** The JSON Schema (draft 2020-12) of `policies`. That types, patterns and ages make sense is checked in code. */
export function policiesJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(policiesSchema);
  return {
    $schema,
    title: "Evenkeel policies",
    description: "`policies` of evenkeel.yaml: what `evenkeel reap --policy NAME` removes, pauses or reports.",
    ...schema,
  };
}
