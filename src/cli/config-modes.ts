import { z } from "zod";
import { parseSelection, type RawSelection } from "../engine/selection.ts";
import { isError } from "../model/errors.ts";

const texts = z.array(z.string().min(1)).min(1).optional();

/* What each key is called where a selection is parsed. */
const OPTIONS: Readonly<Record<string, keyof RawSelection>> = {
  type: "type",
  "exclude-type": "excludeType",
  tag: "tag",
  "exclude-tag": "excludeTag",
  id: "id",
  exclude: "exclude",
  regions: "regions",
};

/** The selection options by their names, each a list. */
const selection = z
  .strictObject({
    type: texts,
    "exclude-type": texts,
    tag: texts,
    "exclude-tag": texts,
    id: texts,
    exclude: texts,
    regions: texts,
  })
  .superRefine((written, context) => {
    const entries = Object.entries(written);
    if (entries.length === 0) context.addIssue({ code: "custom", message: "must name what it selects" });
    for (const [key, values] of entries)
      for (const [index, value] of (values ?? []).entries()) {
        const message = problemOf({ [OPTIONS[key] ?? key]: [value] });
        if (message) context.addIssue({ code: "custom", message, path: [key, index] });
      }
  });

function problemOf(raw: RawSelection): string | undefined {
  try {
    parseSelection(raw);
    return undefined;
  } catch (error) {
    if (!isError(error)) throw error;
    return [error.message, error.details.hint].filter(Boolean).join("; ");
  }
}

/** What goes on running when `evenkeel pause --mode NAME` pauses the rest. */
export const modesSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, "must be a name of small letters, digits and hyphens"),
  z.strictObject({ keep: z.array(selection).min(1).optional(), pause: selection.optional() }),
);
