import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "./trial.test-data.ts";

describe("evenkeel shed simulate", () => {
  it("needs no account, and draws the usual load", async () => {
    const { run } = commandLine();
    const { code, stdout, stderr } = await run("shed", "simulate");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^flash-crowd, 3 h: /);
  });

  it("takes the load from a file, parameters from options, and compares", async () => {
    const { run, folder } = commandLine();
    await writeFile(join(folder, "load.csv"), "seconds,rps\n0,20\n600,90\n4200,20\n12000,20\n");
    const line = ["--load", "load.csv", "--targets", "5", "--restore-delay", "60", "--control", "classic"];
    const compare = ["--compare", "bold: shed-percent=20,control=ours", "--compare", "small: capacity=9.5"];
    const { code, stdout } = await run("shed", "simulate", ...line, ...compare, "--output", "json");

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: "load.csv",
      runs: [
        {
          run: "classic",
          control: "classic",
          offered: 648_000,
          parameters: { restoreDelaySeconds: 60, primary: { targets: 5 } },
        },
        { run: "bold", control: "ours", parameters: { shedPercent: 20, primary: { targets: 5 } } },
        { run: "small", control: "classic", parameters: { shedPercent: 5, primary: { capacity: 9.5 } } },
      ],
    });
  });

  it("is without colour where that was asked for, and a page where that was", async () => {
    const coloured = await commandLine({ terminal: true }).run("shed", "simulate");
    const plain = await commandLine({ terminal: true, env: { NO_COLOR: "1" } }).run("shed", "simulate", "--no-input");
    const page = await commandLine().run("shed", "simulate", "--shape", "spike", "--output", "html");

    expect(coloured.stdout).toContain("\u001b[");
    expect(plain.stdout).not.toContain("\u001b");
    expect(page.stdout).toMatch(/^<!doctype html>/);
  });

  it.each([
    [["--shed-percent", "0"], "--shed-percent can't be 0: it is a whole number from 1 to 100"],
    [["--restore-delay", "30"], "--restore-delay can't be 30"],
    [["--targets", "1.5"], "--targets can't be 1.5: it is a whole number"],
    [["--compare", "bold"], '--compare can\'t be "bold": it has no name before a colon'],
    [["--compare", "ours: shed-percent=9"], 'two runs are named "ours"'],
    [["--shape", "spike", "--load", "x.csv"], "--shape and --load exclude each other"],
    [["--load", "none.csv"], "none.csv can't be read"],
  ])("refuses %j", async (words, says) => {
    const { code, stdout, stderr } = await commandLine().run("shed", "simulate", ...words);

    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });

  it("refuses a load with the line that can't be read", async () => {
    const { run, folder } = commandLine();
    await writeFile(join(folder, "load.csv"), "seconds,rps\n0,20\n60,lots\n");

    const { code, stderr } = await run("shed", "simulate", "--load", "load.csv");

    expect(code).toBe(2);
    expect(stderr).toContain('load.csv:3: rps is "lots": not a number');
  });
});
