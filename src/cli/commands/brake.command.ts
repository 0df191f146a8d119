import { command } from "../command.ts";

export const BRAKE = command({
  brief: "the emergency brake: look, choose, pause; also installed as `aws-hit-breaks`",
  description:
    "Looks in the default region first and offers the others, shows what runs by group, asks what to pause, saves what was there, and pauses it. Esc or Ctrl-C at a question changes nothing.",
  examples: [
    { line: "evenkeel brake", says: "step by step; `aws-hit-breaks` is the same" },
    { line: "evenkeel brake --dry-run --region eu-west-1", says: "only the plan" },
    { line: "evenkeel brake --yes --region eu-west-1", says: "everything in a region, without questions" },
    { line: "evenkeel brake --resume", says: "put it back" },
  ],
  options: {
    resume: { kind: "switch", brief: "put back what the newest armed record holds" },
    status: { kind: "switch", brief: "what is paused, and how it is now" },
    dryRun: { kind: "switch", brief: "print the plan and change nothing" },
  },
});
