import { command } from "../command.ts";

export const DEMO = command({
  brief: "try it on a made-up account, without AWS and without credentials",
  description: "A simulated AWS account is served on this machine, and Evenkeel is called on it as you would call it.",
  examples: [
    { line: "evenkeel demo", says: "a snapshot, some changes, a delta" },
    { line: "evenkeel demo --serve --port 4566", says: "serve the account for tools of yours, until Ctrl-C" },
  ],
  options: {
    serve: { kind: "switch", brief: "only serve the account, for other tools" },
    port: { kind: "number", placeholder: "PORT", brief: "port of 127.0.0.1 (default: any that is free)" },
  },
});
