import { z } from "zod";
import { PARAMETER_NAMES, type Parameter, type ParameterName, parameter } from "../verbs/shed/parameters.ts";
import { formOf } from "../verbs/shed/settings.ts";

function schemaOf(fact: Parameter) {
  const text = (pattern: RegExp | undefined) =>
    z
      .string()
      .min(1)
      .regex(pattern ?? /./, `must be ${formOf(fact)}`);
  switch (fact.kind) {
    case "number":
      return (fact.isFraction ? z.number() : z.int()).min(fact.least).max(fact.most);
    case "choice":
      return z.enum(fact.values as [string, ...string[]]);
    case "text":
      return text(fact.pattern);
    case "list":
      return z.array(text(fact.pattern));
  }
}

const membersOf = (names: readonly ParameterName[]) =>
  Object.fromEntries(names.map((name) => [name, schemaOf(parameter(name)).optional()]));

/** What listeners are shed by: parameters that all of them share, and under `listeners` each one by its name with its own. */
export const shedSchema = z.strictObject({
  ...membersOf(PARAMETER_NAMES.filter((name) => !parameter(name).isOwn)),
  listeners: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "must be a name of up to 64 small letters, digits and hyphens"),
      z.strictObject(membersOf(PARAMETER_NAMES)),
    )
    .optional(),
});
