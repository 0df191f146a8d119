import { z } from "zod";
import { policiesSchema } from "../verbs/reap/policies-schema.ts";
import { guardsSchema } from "./config-guards.ts";
import { modesSchema } from "./config-modes.ts";
import { shedSchema } from "./config-shed.ts";

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
  guards: guardsSchema.optional(),
  modes: modesSchema.optional(),
  policies: policiesSchema.optional(),
  shed: shedSchema.optional(),
});
