import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Twin } from "../../src/twin/twin.ts";
import { type CliTrial, cliTrial, start } from "./process.ts";
import { screens } from "./screens.ts";
import { describeTerminal, openTerminal } from "./terminal.ts";

const READS = /^(Describe|List|Get|Head|Lookup|AssumeRole)/;
const changes = ({ log }: Twin) =>
  log.filter(({ operation }) => !READS.test(operation)).map(({ operation }) => operation);

/** Without the store of other tests: what the setup saves decides. */
function environmentOf({ env }: CliTrial): NodeJS.ProcessEnv {
  const { EVENKEEL_STORE: _, ...rest } = env;
  return { ...rest, AWS_REGION: "eu-west-1" };
}

/** The states of the instances. */
function running(twin: Twin): string {
  const rows = Object.values(twin.world.accounts)[0]?.regions["eu-west-1"]?.["ec2.instance"] ?? {};
  return Object.values(rows)
    .map(({ State }) => JSON.stringify(State))
    .join();
}

describeTerminal("the brake in a terminal", () => {
  it("leads through the setup, pauses, and puts back as it was; docs/brake.md shows it", async () => {
    const trial = await cliTrial();
    const terminal = await openTerminal(environmentOf(trial), trial.home);
    const page = screens(trial.home);
    const before = running(trial.twin);

    await terminal.start("aws-hit-breaks");
    page.keep("First run", "Nothing is configured yet, so it asks as whom to work.", await terminal.shows("As whom"));
    await terminal.press("Enter");
    page.keep(
      "What runs",
      "The default region first; the others are offered.",
      tail(await terminal.shows("Where else?"), /^Found in/m),
    );
    await terminal.press("Enter");
    page.keep(
      "What to pause",
      "Everything, groups, or single resources.",
      tail(await terminal.shows("What shall be paused?"), /^◇ {2}Where else/m),
    );
    await terminal.press("Enter");
    page.keep(
      "The plan",
      "All of it is shown before anything is asked.",
      tail(await terminal.shows(/Pause \d+ resources of account/), /^Plan p-/m),
    );
    expect(changes(trial.twin)).toEqual([]);
    await terminal.press("y");
    const paused = await terminal.ends(0);
    page.keep("Paused", "One line a stage, then what is saved and how to resume.", tail(paused, /^◇ {2}Pause \d+/m));
    expect(running(trial.twin)).not.toBe(before);
    expect(paused).toMatch(/(\d+) of \1 resources paused/);

    await terminal.start("cd /tmp && aws-hit-breaks --status");
    page.keep("Status", "From any folder: the setup has saved where records are kept.", await terminal.ends(0));
    await terminal.start("aws-hit-breaks --resume");
    await terminal.shows(/Put back \d+ resources of account/);
    await terminal.press("y");
    const resumed = await terminal.ends(0);
    page.keep("Resumed", "Checked by a new read, field by field.", tail(resumed, /^◇ {2}Put back \d+/m));
    expect(resumed).toContain("is closed");
    expect(running(trial.twin)).toBe(before);

    const wide = await openTerminal(environmentOf(trial), trial.home, [120, 40]);
    await wide.start("aws-hit-breaks");
    await wide.shows("Where else?");
    await wide.press("Down", "Enter");
    const everywhere = tail(await wide.shows("What shall be paused?"), /^Found in .+ and /m);
    page.keep(
      "All regions, in a wide terminal",
      "A price that nobody knows is a question mark, never zero.",
      everywhere,
    );
    await wide.press("Down", "Enter");
    const groups = tail(await wide.shows("Which groups?"), /^◇ {2}What shall/m);
    page.keep("By group", "Space chooses, Enter goes on.", groups);
    await wide.press("Escape");
    page.keep("Backing out", "At any question.", tail(await wide.ends(130), /^◇ {2}What shall/m));

    const saved = join(trial.home, ".evenkeel", "config.json");
    expect([statSync(saved).mode & 0o777, statSync(join(trial.home, ".evenkeel")).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    expect(JSON.parse(readFileSync(saved, "utf8")).store).toBe(`file:${trial.home}/.evenkeel/store`);
    const { wanted, found } = page.compare();
    expect(found, "docs/brake.md is not fresh: EVENKEEL_UPDATE_SCREENS=1").toBe(wanted);
  });

  it.each(["Escape", "C-c"])("changes nothing on %s at any question", async (back) => {
    const trial = await cliTrial();
    const terminal = await openTerminal(environmentOf(trial), trial.home);
    const questions: readonly (readonly [asked: string | RegExp, answer: readonly string[]])[] = [
      ["As whom", ["Enter"]],
      ["Where else?", ["Down", "Down", "Enter"]],
      ["Which regions?", ["Down", "Space", "Enter"]],
      ["What shall be paused?", ["Down", "Enter"]],
      ["Which groups?", ["Space", "Enter"]],
      [/Pause \d+ resources/, []],
    ];
    for (const [at] of questions.entries()) {
      rmSync(join(trial.home, ".evenkeel"), { recursive: true, force: true });
      await terminal.start("aws-hit-breaks");
      for (const [asked, answer] of questions.slice(0, at)) {
        await terminal.shows(asked);
        await terminal.press(...answer);
      }
      await terminal.shows(questions[at]?.[0] ?? "");
      await terminal.press(back);
      expect(await terminal.ends(130)).toContain("Nothing was changed.");
    }
    expect(changes(trial.twin)).toEqual([]);
  });

  it("finishes what is in flight at Ctrl-C, says how to go on, and --resume puts it back", async () => {
    const trial = await cliTrial();
    const terminal = await openTerminal(environmentOf(trial), trial.home, [120, 40]);
    const before = running(trial.twin);
    expect((await trial.run("setup", "--as-is", "--no-input")).code).toBe(0);
    await terminal.start("aws-hit-breaks --region eu-west-1");
    await terminal.shows("What shall be paused?");
    await terminal.press("Enter");
    await terminal.shows(/Pause \d+ resources of account/);
    await terminal.press("y");
    while (changes(trial.twin).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await terminal.press("C-c");
    const stopped = await terminal.ends(130);
    const begun = changes(trial.twin).length;

    expect(stopped).toContain("Ctrl-C again stops at once");
    expect(stopped).toMatch(/\d+ of \d+ resources were paused/);
    expect(stopped).toContain("evenkeel apply --continue");
    expect(stopped).toContain("aws-hit-breaks --resume");
    expect(changes(trial.twin)).not.toContain("StopInstances");
    expect(begun).toBeGreaterThan(0);
    await terminal.start("aws-hit-breaks --resume");
    await terminal.shows(/Put back \d+ resources? of account/);
    await terminal.press("y");
    expect(await terminal.ends(0)).toContain("is closed");
    expect(running(trial.twin)).toBe(before);
  });

  it("says what is paused and offers what can be done when evenkeel is called alone", async () => {
    const trial = await cliTrial();
    const terminal = await openTerminal(environmentOf(trial), trial.home);
    await terminal.start("evenkeel");
    const page = await terminal.shows("What is to be done?");
    await terminal.press("Escape");

    expect(page).toContain("111122223333 (acme-staging)");
    expect(page).toMatch(/Paused +nothing/);
    expect(await terminal.ends(0)).toBeDefined();
  });
});

describe("the brake without a terminal", () => {
  it("pauses a region without questions, and puts it back", async () => {
    const trial = await cliTrial();
    const before = running(trial.twin);
    const unanswered = await trial.run("brake", "--region", "eu-west-1");
    expect([unanswered.code, changes(trial.twin)]).toEqual([130, []]);
    const paused = await trial.run("brake", "--yes", "--region", "eu-west-1", "--output", "json");
    expect(running(trial.twin)).not.toBe(before);
    const again = await trial.run("brake", "--yes", "--region", "eu-west-1");
    const resumed = await trial.run("brake", "--resume", "--yes");
    const nothing = await trial.run("brake", "--resume", "--yes");

    expect([paused.code, again.code, resumed.code, nothing.code]).toEqual([0, 6, 0, 4]);
    expect(JSON.parse(paused.stdout)).toMatchObject({ record: expect.stringMatching(/^r-/) });
    expect(running(trial.twin)).toBe(before);
  });

  it("only plans in a dry run", async () => {
    const trial = await cliTrial();
    const { code, stdout } = await trial.run("brake", "--dry-run", "--region", "eu-west-1");

    expect(code).toBe(0);
    expect(stdout).toContain("bastion");
    expect(changes(trial.twin)).toEqual([]);
  });

  it("says that nothing was changed when it is stopped while it looks, and never when it is stopped later", async () => {
    const trial = await cliTrial();
    const env = { ...trial.env, AWS_REGION: "eu-west-1" };
    const stop = async (args: readonly string[], when: () => boolean) => {
      const { child, done } = start(args, env, trial.home);
      while (!when()) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill("SIGINT");
      return done;
    };
    const looking = await stop(["brake", "--yes"], () =>
      trial.twin.log.some(({ service }) => service === "autoscaling"),
    );
    expect([looking.code, changes(trial.twin)]).toEqual([130, []]);
    expect(looking.stderr).toContain("Nothing was changed.");
    expect((await trial.run("brake", "--yes", "--region", "eu-west-1")).code).toBe(0);
    const putting = await stop(["brake", "--resume", "--yes"], () => changes(trial.twin).includes("StartInstances"));

    expect(putting.code).toBe(130);
    expect(putting.stderr).not.toContain("Nothing was changed.");
    expect(putting.stderr).toContain("aws-hit-breaks --resume");
    expect((await trial.run("brake", "--resume", "--yes")).code).toBe(0);
  });
});

/** From the line that begins so. */
function tail(text: string, from: RegExp): string {
  return text.slice(from.exec(text)?.index ?? 0);
}
