import type { Completed, CompletedCommand, CompletedGroup, CompletedOption } from "./words.ts";

/** For fish: one line a word, each with the condition under which it is offered. */
export function fishScript({ groups, commands }: Completed): string {
  return `# fish completion for evenkeel
function __evenkeel_at
    set -l given (commandline -opc)
    set -l words
    for word in $given[2..-1]
        string match -q -- '-*' $word; or set -a words $word
    end
    test (count $words) -eq (count $argv); and test "$words" = "$argv"
end

function __evenkeel_in
    set -l given (commandline -opc)
    string match -q -- "evenkeel $argv*" "$given"
end

complete -c evenkeel -f
${groups.flatMap(groupLines).join("\n")}
${commands.flatMap(commandLines).join("\n")}
`;
}

function groupLines({ path, words }: CompletedGroup): string[] {
  const condition = quoted(["__evenkeel_at", ...path].join(" "));
  return words.map(({ word, brief }) => `complete -c evenkeel -n ${condition} -a ${quoted(word)} -d ${quoted(brief)}`);
}

function commandLines({ path, options, values }: CompletedCommand): string[] {
  const condition = quoted(["__evenkeel_in", ...path].join(" "));
  const start = `complete -c evenkeel -n ${condition}`;
  const argument = values.length > 0 ? [`${start} -a ${quoted(values.join(" "))}`] : [];
  return [...argument, ...options.map((option) => `${start} ${optionPart(option)}`)];
}

function optionPart({ names, brief, values, files }: CompletedOption): string {
  const spelled = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value =
    values === undefined
      ? []
      : files
        ? ["-r -F"]
        : values.length === 0
          ? ["-x"]
          : [`-x -a ${quoted(values.join(" "))}`];
  return [...spelled, ...value, `-d ${quoted(brief)}`].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
