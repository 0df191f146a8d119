import { alarmEntry } from "./alarms.ts";

export default alarmEntry("MetricAlarm", (answer) => answer.MetricAlarms);
