import { full } from "../context.ts";
import { handle } from "../handle.ts";
import { onResume } from "../resume.ts";

export const handler = handle("resume", full, onResume);
