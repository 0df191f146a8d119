import {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  help,
  type RouteMap,
  version,
} from "@stricli/core";
import { allOptions } from "./all-options.ts";
import type { Command, CommandGroup, Option } from "./command.ts";
import type { Door } from "./door.ts";
import { commandHelp, groupHelp } from "./help.ts";
import { ALIASES, OUTPUTS } from "./options.ts";
import { texts } from "./texts.ts";

/** Makes the parser from the commands' data. */
export function application(root: CommandGroup): Application<Door> {
  const formatting = {
    useAliasInUsageLine: false,
    onlyRequiredInUsageLine: true,
    caseStyle: "convert-camel-to-kebab",
  } as const;
  return buildApplication(
    routes(root),
    {
      name: "evenkeel",
      scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
      documentation: { disableAnsiColor: true },
      localization: { text: texts },
    },
    {
      help: help({ brief: "show this help", alias: "h", defaultForRouteMap: true, formatting }),
      version: version({
        brief: "show the version",
        alias: false,
        info: { getCurrentVersion: async () => (await import("../model/version.ts")).VERSION },
      }),
    },
  );
}

function routes(group: CommandGroup): RouteMap<Door> {
  const entries = Object.entries(group.commands);
  const map = buildRouteMap<string, Door>({
    routes: Object.fromEntries(
      entries.map(([name, each]) => [name, each.kind === "group" ? routes(each) : route(each)]),
    ),
    docs: {
      brief: group.brief,
      hideRoute: Object.fromEntries(
        entries.map(([name, each]) => [name, each.kind === "command" && each.hidden === true]),
      ),
    },
  });
  return { ...map, formatHelp: ({ prefix }: { readonly prefix: readonly string[] }) => groupHelp(prefix, group) };
}

function route(command: Command) {
  const options = allOptions(command);
  const formats = command.formats ?? OUTPUTS;
  const built = buildCommand<Record<string, unknown>, string[], Door>({
    docs: { brief: command.brief },
    parameters: {
      flags: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, flag(option)])) as never,
      aliases: ALIASES as never,
      positional: {
        kind: "tuple",
        parameters: command.arguments.map(({ name, brief, optional }) => ({
          placeholder: name,
          brief,
          parse: String,
          ...(optional ? { optional } : {}),
        })),
      } as never,
    },
    loader: async () => {
      const [{ perform }, { run }] = await Promise.all([import("./perform.ts"), command.load()]);
      return function (this: Door, given: Record<string, unknown>, ...args: (string | undefined)[]) {
        return perform(this, { formats, cancelled: command.cancelled }, given, (frame) =>
          run(frame, given as never, ...(args as never[])),
        );
      };
    },
  });
  return { ...built, formatHelp: ({ prefix }: { readonly prefix: readonly string[] }) => commandHelp(prefix, command) };
}

/** An option as the parser wants it. All are optional: what is absent comes from elsewhere. */
function flag(option: Option): object {
  const { brief } = option;
  switch (option.kind) {
    case "switch":
      return { kind: "boolean", optional: true, brief };
    case "choice":
      return { kind: "enum", optional: true, brief, values: option.values };
    case "choices":
      return { kind: "enum", optional: true, brief, values: option.values, variadic: "," };
    case "text":
      return { kind: "parsed", optional: true, brief, parse: String };
    case "number":
      return { kind: "parsed", optional: true, brief, parse: number };
    case "list":
      return { kind: "parsed", optional: true, brief, parse: String, variadic: option.separator ?? true };
  }
}

function number(text: string): number {
  if (text.trim() === "" || !Number.isFinite(Number(text))) throw new SyntaxError("that is not a number");
  return Number(text);
}
