import type { Entry } from "../contract.ts";
import { instanceRemoval } from "./instance-removal.ts";
import { instanceReading } from "./instances.ts";

export default { ...instanceReading("neptune"), removal: instanceRemoval("neptune") } satisfies Entry;
