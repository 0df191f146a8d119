import { full } from "../context.ts";
import { handle } from "../handle.ts";
import { onDatabase } from "../stay-stopped.ts";

export const handler = handle("stay-stopped", full, onDatabase);
