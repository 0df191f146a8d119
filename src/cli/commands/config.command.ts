import { type CommandGroup, command, group, loads } from "../command.ts";

export const CONFIG_SHOW = command({
  brief: "show the effective settings and where each came from",
  examples: [{ line: "evenkeel config show", says: "flag before environment before file before default" }],
});

export const CONFIG: CommandGroup = group({
  brief: "look at the configuration",
  commands: { show: loads(CONFIG_SHOW, () => import("./config-show.ts")) },
});
