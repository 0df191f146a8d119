import { partitionOf } from "../../aws/partitions.ts";
import { EXIT } from "../../model/errors.ts";
import { type Fact, renderFacts } from "../../report/facts.ts";
import type { Action } from "../command.ts";
import { setUp } from "../setup/set-up.ts";
import { deployLine, roleTemplate, writeTemplate } from "../setup/template.ts";
import type { SETUP } from "./setup.command.ts";

export const run: Action<typeof SETUP> = async (frame, options) => {
  const { settings, host } = frame;
  const mfa = options.mfa ?? settings.mfaSerial.value !== undefined;
  if (options.printTemplate || options.templateOut !== undefined) {
    const terms = { externalId: settings.externalId.value, mfa };
    const template = roleTemplate(settings, partitionOf(settings.regions.value?.[0] ?? ""), terms);
    if (options.printTemplate) await frame.output.write(template);
    if (options.templateOut !== undefined) {
      await writeTemplate(options.templateOut, template);
      host.tell({
        kind: "info",
        text: `Wrote ${options.templateOut}. Somebody who may make IAM roles deploys it with\n  ${deployLine(options.templateOut)}`,
      });
    }
    if (options.printTemplate || settings.roleArn.source.kind !== "flag") return EXIT.done;
  }
  const { connection, role, path, store } = await setUp(frame, { asIs: options.asIs ?? false, mfa, hurry: false });
  const { account, partition, caller } = connection;
  const facts: Fact[] = [
    ["Account", account],
    ["Works as", role ?? `${caller}, without a role`],
    ["Saved in", path],
    ["Records in", store],
  ];
  await frame.show({
    text: ({ width }) => renderFacts(facts, width),
    data: () => ({ account, partition, caller, role: role ?? null, saved: path, store }),
    csv: { titles: ["account", "role", "saved", "store"], records: () => [[account, role, path, store]] },
  });
  frame.next("evenkeel doctor", "evenkeel brake --dry-run");
  return EXIT.done;
};
