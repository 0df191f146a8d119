import type { Completed, CompletedCommand } from "./words.ts";

/** For bash 3.2 and newer (macOS still has it): no associative arrays, no `compopt`. */
export function bashScript({ groups, commands }: Completed): string {
  const takesValue = [
    ...new Set(commands.flatMap(({ options }) => options.flatMap(({ names, values }) => (values ? names : [])))),
  ];
  return `# bash completion for evenkeel; \`source <(evenkeel completion bash)\`
_evenkeel() {
  local cur prev path word i skip
  COMPREPLY=()
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  path=""
  skip=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ -n $skip ]]; then skip=""; continue; fi
    case "$word" in
      ${takesValue.join("|")}) skip=1 ;;
      -*) ;;
      *) path="$path $word" ;;
    esac
  done
  path="\${path# }"
  case "$path" in
${groups.map(({ path, words }) => `    ${quoted(path.join(" "))}) COMPREPLY=($(compgen -W ${quoted(words.map(({ word }) => word).join(" "))} -- "$cur")) ;;`).join("\n")}
${commands.map(commandCase).join("\n")}
  esac
}
complete -o default -F _evenkeel evenkeel
`;
}

/** Behind a command come its options, whatever arguments stand before. */
function commandCase({ path, options, values }: CompletedCommand): string {
  const known = options.filter((option) => option.values && option.values.length > 0);
  const unforeseen = options.filter((option) => option.values?.length === 0).flatMap(({ names }) => names);
  const names = options.flatMap((option) => option.names);
  return `    ${quoted(path.join(" "))}|${quoted(`${path.join(" ")} `)}*)
      case "$prev" in
${known.map((option) => `        ${option.names.join("|")}) COMPREPLY=($(compgen -W ${quoted((option.values ?? []).join(" "))} -- "$cur")) ;;`).join("\n")}
        ${unforeseen.join("|")}) ;;
        *) COMPREPLY=($(compgen -W ${quoted([...names, ...values].join(" "))} -- "$cur")) ;;
      esac ;;`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
