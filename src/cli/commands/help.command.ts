import { type CommandGroup, command, group, loads } from "../command.ts";

export const HELP_EXIT_CODES = command({
  brief: "the exit codes and what they mean",
  examples: [{ line: "evenkeel help exit-codes", says: "the table" }],
});

export const HELP: CommandGroup = group({
  brief: "more about a command or the exit codes",
  commands: { "exit-codes": loads(HELP_EXIT_CODES, () => import("./help-exit-codes.ts")) },
});
