import { command } from "../command.ts";

export const COMPLETION = command({
  brief: "print a completion script for a shell",
  arguments: [{ name: "SHELL", brief: "one of", values: ["bash", "zsh", "fish"] }],
  examples: [
    { line: "source <(evenkeel completion bash)", says: "in ~/.bashrc" },
    { line: 'evenkeel completion zsh > "${fpath[1]}/_evenkeel"', says: "for zsh" },
    { line: "evenkeel completion fish > ~/.config/fish/completions/evenkeel.fish", says: "for fish" },
  ],
});
