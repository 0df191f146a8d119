import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import type { Completed } from "./words.ts";
import { zshScript } from "./zsh.ts";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };
export type Shell = keyof typeof SCRIPTS;
export const SHELLS = Object.keys(SCRIPTS);

export function isShell(word: string): word is Shell {
  return Object.hasOwn(SCRIPTS, word);
}

/** A script that completes commands, options and their values without starting the tool. */
export function completionScript(shell: Shell, words: Completed): string {
  return SCRIPTS[shell](words);
}
