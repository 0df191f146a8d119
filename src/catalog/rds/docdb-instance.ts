import type { Entry } from "../contract.ts";
import { instanceReading } from "./instances.ts";

export default instanceReading("docdb") satisfies Entry;
