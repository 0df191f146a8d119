import type { Entry } from "../contract.ts";
import { compositeCharges } from "./alarm-charges.ts";
import { alarmEntry } from "./alarms.ts";

export default {
  ...alarmEntry("CompositeAlarm", (answer) => answer.CompositeAlarms),
  charges: compositeCharges,
} satisfies Entry;
