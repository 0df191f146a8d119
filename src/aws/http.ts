import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** Sockets per host: more than the read lane ever has under way to one endpoint. */
const MAX_SOCKETS = 100;

let shared: NodeHttpHandler | undefined;

/**
 * The one HTTP handler of the process. The SDK's own default has no time-outs, so a dead peer would hang a run for ever.
 * HTTP/1, which Kinesis needs against emulators.
 */
export function httpHandler(): NodeHttpHandler {
  shared ??= new NodeHttpHandler({
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
  });
  return shared;
}
