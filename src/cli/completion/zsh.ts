import type { Completed, CompletedCommand, CompletedOption } from "./words.ts";

/** For zsh's completion system; the file is to be called `_evenkeel`. */
export function zshScript({ groups, commands }: Completed): string {
  return `#compdef evenkeel
# zsh completion for evenkeel

_evenkeel() {
  local -a words_left
  local path="" word skip=""
  local i
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    if [[ -n $skip ]]; then skip=""; continue; fi
    case "$word" in
      (${valued(commands).join("|")}) skip=1 ;;
      (-*) ;;
      (*) path="$path $word" ;;
    esac
  done
  path="\${path# }"
  case "$path" in
${groups.map(({ path, words }) => `    (${quoted(path.join(" "))}) words_left=(${words.map(({ word, brief }) => quoted(`${word}:${brief.replaceAll(":", "\\:")}`)).join(" ")}); _describe command words_left ;;`).join("\n")}
${commands.map(commandCase).join("\n")}
  esac
}

if [[ "$funcstack[1]" == _evenkeel ]]; then
  _evenkeel "$@"
else
  compdef _evenkeel evenkeel
fi
`;
}

function valued(commands: readonly CompletedCommand[]): string[] {
  return [...new Set(commands.flatMap(({ options }) => options.flatMap(({ names, values }) => (values ? names : []))))];
}

function commandCase({ path, options, values }: CompletedCommand): string {
  const specs = options.flatMap((option) => option.names.map((name) => quoted(spec(name, option))));
  const rest =
    values.length > 0
      ? quoted(`*:value:(${values.map((value) => value.replaceAll(":", "\\:")).join(" ")})`)
      : quoted("*: :");
  return `    (${quoted(path.join(" "))}|${quoted(`${path.join(" ")} `)}*) _arguments -S ${[...specs, rest].join(" ")} ;;`;
}

/** `*--type[only this type]:value:(a b)`; a star, because options may stand before the command, where they are not seen. */
function spec(name: string, { brief, values, files }: CompletedOption): string {
  const text = `*${name}[${brief.replace(/[[\]:]/g, "\\$&")}]`;
  if (values === undefined) return text;
  if (files) return `${text}:file:_files`;
  return values.length === 0
    ? `${text}:value: `
    : `${text}:value:(${values.map((value) => value.replaceAll(":", "\\:")).join(" ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
