import { z } from "zod";
import { parseTypes } from "../engine/selection.ts";
import { parseAge } from "../verbs/reap/own-policy.ts";
import { parsed } from "../verbs/reap/policies-schema.ts";

const accounts = z.array(z.string().regex(/^\d{12}$/, "must be twelve digits in quotes")).min(1);
const regions = z
  .array(z.string().regex(/^(global|[a-z]{2,}(-[a-z]+)+-\d+)$/, "must be a region code such as eu-west-1"))
  .min(1);

const RULES = "must be one of tag, id, type, younger-than; several rules are several elements";

const rule = z
  .strictObject({
    tag: z
      .string()
      .regex(/^[^=]+(=.*)?$/, "must be KEY or KEY=VALUE")
      .optional(),
    id: z.string().min(1).optional(),
    type: parsed((name) => parseTypes([name])).optional(),
    "younger-than": parsed(parseAge).optional(),
  })
  .refine((written) => Object.keys(written).length === 1, RULES);

/** What limits every plan, whoever asks for it. */
export const guardsSchema = z.strictObject({
  "max-steps": z.int().min(1).optional(),
  "max-share": z.number().min(0.001).max(1).optional(),
  "max-removals": z.int().min(1).optional(),
  protect: z.array(rule).optional(),
  // An empty list is meant: no account is protected.
  "protected-accounts": z.array(z.string().min(1)).optional(),
  accounts: accounts.optional(),
  "not-accounts": accounts.optional(),
  regions: regions.optional(),
  "not-regions": regions.optional(),
});
