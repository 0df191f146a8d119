import { z } from "zod";
import { modesSchema } from "./config-modes.ts";

const accounts = z.array(z.string().regex(/^\d{12}$/, "must be twelve digits in quotes")).min(1);
const regions = z
  .array(z.string().regex(/^(global|[a-z]{2,}(-[a-z]+)+-\d+)$/, "must be a region code such as eu-west-1"))
  .min(1);

/** What `evenkeel.yaml` may say. Keys are those of the command line. */
export const configSchema = z.strictObject({
  profile: z.string().min(1).optional(),
  "role-arn": z.string().startsWith("arn:").optional(),
  "external-id": z.string().min(1).optional(),
  "mfa-serial": z.string().min(1).optional(),
  regions: z.array(z.string().min(1)).min(1).optional(),
  "endpoint-url": z.url().optional(),
  store: z.string().min(1).optional(),
  backup: z.string().min(1).optional(),
  output: z.enum(["table", "json", "yaml", "csv"]).optional(),
  quiet: z.boolean().optional(),
  verbose: z.boolean().optional(),
  color: z.boolean().optional(),
  input: z.boolean().optional(),
  "head-room": z.number().min(0).max(0.9).optional(),
  guards: z
    .strictObject({
      "max-steps": z.int().min(1).optional(),
      "max-share": z.number().min(0.001).max(1).optional(),
      protect: z
        .array(z.strictObject({ tag: z.string().regex(/^[^=]+(=.*)?$/, "must be KEY or KEY=VALUE") }))
        .optional(),
      accounts: accounts.optional(),
      "not-accounts": accounts.optional(),
      regions: regions.optional(),
      "not-regions": regions.optional(),
    })
    .optional(),
  modes: modesSchema.optional(),
});
