import { type Application, buildApplication, buildCommand, buildRouteMap, type RouteMap } from "@stricli/core";
import type { Command, CommandGroup } from "./command.ts";
import type { Door } from "./door.ts";
import { OUTPUTS } from "./options.ts";
import { parameters } from "./parameters.ts";
import { texts } from "./texts.ts";

/**
 * Makes the parser from the commands' data.
 * @param words the command line, its command first: only that command is made whole, the others are there by name, because
 * twenty commands with thirty options each would cost a tenth of the start-up time
 */
export function application(root: CommandGroup, words: readonly string[]): Application<Door> {
  const config = {
    name: "evenkeel",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    documentation: { disableAnsiColor: true },
    localization: { text: texts },
  } as const;
  // Help and version are answered before the parser is loaded.
  return buildApplication(routes(root, words), config, {});
}

function routes(group: CommandGroup, [word, ...rest]: readonly string[]): RouteMap<Door> {
  const entries = Object.entries(group.commands);
  return buildRouteMap<string, Door>({
    routes: Object.fromEntries(
      entries.map(([name, each]) => {
        const isNamed = name === word;
        return [name, each.kind === "group" ? routes(each, isNamed ? rest : []) : route(each, isNamed)];
      }),
    ),
    docs: {
      brief: group.brief,
      hideRoute: Object.fromEntries(
        entries.map(([name, each]) => [name, each.kind === "command" && each.hidden === true]),
      ),
    },
  });
}

function route(command: Command, isNamed: boolean) {
  const formats = command.formats ?? OUTPUTS;
  return buildCommand<Record<string, unknown>, string[], Door>({
    docs: { brief: command.brief },
    parameters: (isNamed ? parameters(command) : {}) as never,
    loader: async () => {
      const [{ perform }, { run }] = await Promise.all([import("./perform.ts"), command.load()]);
      return function (this: Door, given: Record<string, unknown>, ...args: (string | undefined)[]) {
        return perform(this, { formats, cancelled: command.cancelled }, given, (frame) =>
          run(frame, given as never, ...(args as never[])),
        );
      };
    },
  });
}
