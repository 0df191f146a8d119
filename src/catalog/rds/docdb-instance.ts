import type { Entry } from "../contract.ts";
import { instanceRemoval } from "./instance-removal.ts";
import { instanceReading } from "./instances.ts";

export default { ...instanceReading("docdb"), removal: instanceRemoval("docdb") } satisfies Entry;
