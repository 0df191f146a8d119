import { full } from "../context.ts";
import { handle } from "../handle.ts";
import { onPause } from "../pause.ts";

export const handler = handle("pause", full, onPause);
