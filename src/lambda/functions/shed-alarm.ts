import { handle } from "../handle.ts";
import { onAlarm } from "../shed-alarm.ts";
import { shedding } from "../shed-context.ts";

export const handler = handle("shed-alarm", shedding, onAlarm);
