import { alarmEntry } from "./alarms.ts";

export default alarmEntry("CompositeAlarm", (answer) => answer.CompositeAlarms);
