import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DIFFERENCES, type Difference } from "./differences.ts";

const TESTS = ["../moto", "."].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

test.for(Object.entries<Difference>(DIFFERENCES))("%s is a difference, and a test shows it", ([name, difference]) => {
  const files = TESTS.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const tests = files.filter((file) => file.endsWith(".test.ts")).map((file) => readFileSync(file, "utf8"));

  expect(difference.moto).not.toBe(difference.twin);
  expect(tests.some((text) => text.includes(`DIFFERENCES.${name}`))).toBe(true);
});
