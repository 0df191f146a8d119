import { full } from "../context.ts";
import { handle } from "../handle.ts";
import { onWatch } from "../snapshot.ts";

export const handler = handle("snapshot", full, onWatch);
