import { full } from "../context.ts";
import { handle } from "../handle.ts";
import { onReap } from "../reaper.ts";

export const handler = handle("reaper", full, onReap);
