import { PROTECTED_ACCOUNTS, USUAL_BUDGET } from "../../engine/removal-budget.ts";
import { EXIT } from "../../model/errors.ts";
import { renderTable } from "../../report/table.ts";
import type { Action } from "../command.ts";
import { SETTING_RULES, type SettingName } from "../setting-rules.ts";
import { place } from "../settings.ts";
import type { CONFIG_SHOW } from "./config.command.ts";

/** Limits that removals have without a word in the file. */
const OF_REMOVALS = {
  "max-removals": USUAL_BUDGET.maxRemovals,
  "max-share": USUAL_BUDGET.maxShare,
  "protected-accounts": PROTECTED_ACCOUNTS,
};

export const run: Action<typeof CONFIG_SHOW> = async (frame) => {
  const rows = (Object.keys(SETTING_RULES) as SettingName[]).map((name) => ({
    name: SETTING_RULES[name].key as string,
    value: frame.settings[name].value as unknown,
    from: place(frame.settings[name].source),
  }));
  const guards = (frame.configFile?.values.guards ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(guards))
    rows.push({
      name: `guards.${name}`,
      value,
      from: `${frame.configFile?.path}:${frame.configFile?.lineOf("guards")}`,
    });
  for (const [name, value] of Object.entries(OF_REMOVALS))
    if (!Object.hasOwn(guards, name)) rows.push({ name: `guards.${name}`, value, from: "default, of removals" });
  const modes = Object.entries((frame.configFile?.values.modes ?? {}) as Record<string, object>);
  for (const [name, mode] of modes)
    for (const [key, value] of Object.entries(mode))
      rows.push({
        name: `modes.${name}.${key}`,
        value: Array.isArray(value) ? value : [value],
        from: `${frame.configFile?.path}:${frame.configFile?.lineOf("modes")}`,
      });
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
          {
            title: "FROM",
            value: ({ from }) => from,
            style: ({ from }) => (from.startsWith("default") ? "dim" : "accent"),
          },
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
  if (!Array.isArray(value)) return String(value);
  return value.length > 0 ? value.map(oneOf).join(",") : "none";
}

/** `{ tag: "env=prod" }` is shown as it is written in a rule. */
function oneOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
