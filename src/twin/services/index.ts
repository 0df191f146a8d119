import type { TwinService } from "../service.ts";
import { sqs } from "./sqs.ts";

/** Every service the twin simulates. */
export const SERVICES: readonly TwinService[] = [sqs];
