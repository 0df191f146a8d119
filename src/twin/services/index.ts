import type { TwinService } from "../service.ts";
import { sqs } from "./sqs.ts";
import { sts } from "./sts.ts";
import { tagging } from "./tagging.ts";

/** Every service the twin simulates. */
export const SERVICES: readonly TwinService[] = [sqs, sts, tagging];
