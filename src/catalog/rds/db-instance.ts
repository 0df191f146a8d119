import type { Entry } from "../contract.ts";
import { charges } from "./db-instance-charges.ts";
import { pause } from "./db-instance-pause.ts";
import { instanceRemoval } from "./instance-removal.ts";
import { instanceReading } from "./instances.ts";

export default { ...instanceReading("rds"), pause, removal: instanceRemoval("rds"), charges } satisfies Entry;
