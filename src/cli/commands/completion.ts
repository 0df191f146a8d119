import { EvenkeelError, EXIT } from "../../model/errors.ts";
import type { Action } from "../command.ts";
import { completionScript, isShell, SHELLS } from "../completion/scripts.ts";
import type { COMPLETION } from "./completion.command.ts";

export const run: Action<typeof COMPLETION> = async (frame, _options, shell) => {
  if (!isShell(shell))
    throw new EvenkeelError("USAGE", `SHELL can't be "${shell}": it is one of ${SHELLS.join(", ")}`, {
      hint: "for example `evenkeel completion bash`",
    });
  const [{ FACTS }, { GROUPS }] = await Promise.all([
    import("../../catalog/registry.ts"),
    import("../../catalog/contract.ts"),
  ]);
  const types = [...GROUPS, ...FACTS.map(({ short }) => short)];
  await frame.output.write(completionScript(shell, frame.words({ types })));
  return EXIT.done;
};
