import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { twinHandler } from "./handler.ts";

/** Configuration of SDK clients under test: no retries, no real credentials, one place to answer. */
export function clientConfig(to: ReturnType<typeof twinHandler> | string) {
  return {
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIATWIN", secretAccessKey: "secret" },
    maxAttempts: 1,
    useQueueUrlAsEndpoint: false,
    // Kinesis and a few others would speak HTTP/2 of their own accord.
    ...(typeof to === "string" ? { endpoint: to, requestHandler: new NodeHttpHandler() } : { requestHandler: to }),
  };
}
