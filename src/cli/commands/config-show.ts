import { EXIT } from "../../model/errors.ts";
import { renderTable } from "../../report/table.ts";
import type { Action } from "../command.ts";
import { SETTING_RULES, type SettingName } from "../setting-rules.ts";
import { place } from "../settings.ts";
import type { CONFIG_SHOW } from "./config.command.ts";

export const run: Action<typeof CONFIG_SHOW> = async (frame) => {
  const rows = (Object.keys(SETTING_RULES) as SettingName[]).map((name) => ({
    name: SETTING_RULES[name].key,
    value: frame.settings[name].value as unknown,
    from: place(frame.settings[name].source),
  }));
  await frame.show({
    text: (render) =>
      renderTable(
        [
          { title: "SETTING", value: ({ name }) => name },
          {
            title: "VALUE",
            value: ({ value }) => shown(value),
            style: ({ value }) => (value === undefined ? "dim" : undefined),
          },
          { title: "FROM", value: ({ from }) => from, style: ({ from }) => (from === "default" ? "dim" : "accent") },
        ],
        rows,
        render,
      ),
    data: () => ({
      file: frame.configFile?.path ?? null,
      settings: Object.fromEntries(rows.map(({ name, value, from }) => [name, { value: value ?? null, from }])),
    }),
    csv: {
      titles: ["setting", "value", "from"],
      records: () => rows.map(({ name, value, from }) => [name, shown(value), from]),
    },
  });
  return EXIT.done;
};

function shown(value: unknown): string {
  if (value === undefined) return "not set";
  return Array.isArray(value) ? value.join(",") : String(value);
}
