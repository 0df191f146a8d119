import { EXIT, EXIT_MEANING } from "../../model/errors.ts";
import { renderTable } from "../../report/table.ts";
import type { Action } from "../command.ts";
import type { HELP_EXIT_CODES } from "./help.command.ts";

export const run: Action<typeof HELP_EXIT_CODES> = async (frame) => {
  const rows = Object.entries(EXIT_MEANING).map(([code, meaning]) => ({ code: Number(code), meaning }));
  await frame.show({
    text: (render) =>
      renderTable(
        [
          { title: "CODE", align: "right", value: ({ code }) => code },
          { title: "MEANING", value: ({ meaning }) => meaning },
        ],
        rows,
        render,
      ),
    data: () => ({ exitCodes: rows }),
    csv: { titles: ["code", "meaning"], records: () => rows.map(({ code, meaning }) => [code, meaning]) },
  });
  return EXIT.done;
};
