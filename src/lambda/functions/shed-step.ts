import { handle } from "../handle.ts";
import { shedding } from "../shed-context.ts";
import { onMessages } from "../shed-step.ts";

export const handler = handle("shed-step", shedding, onMessages);
