import type { Entry } from "../contract.ts";
import { instanceReading } from "./instances.ts";

export default instanceReading("neptune") satisfies Entry;
