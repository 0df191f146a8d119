import type { Entry } from "../contract.ts";
import { charges } from "./alarm-charges.ts";
import { alarmEntry } from "./alarms.ts";

export default { ...alarmEntry("MetricAlarm", (answer) => answer.MetricAlarms), charges } satisfies Entry;
