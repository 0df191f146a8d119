import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/catalog/contract.ts";
import { FACTS } from "../../src/catalog/registry.ts";
import { toResource } from "../../src/catalog/resource.ts";
import { accountId, instant } from "../../src/model/brand.ts";
import { compare } from "../../src/model/delta.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { normalise } from "../../src/model/normalise.ts";
import { mapAt } from "../../src/model/path.ts";
import { redactor } from "../../src/model/redact.ts";
import type { ScannedResource } from "../../src/model/resource.ts";
import { HERE } from "./account.ts";
import { leaves, names, placesOf, put } from "./places.ts";
import { HIDDEN, isVolatile, plant, SECRET_NAMES, SECRET_TEXTS } from "./plant.ts";
import { runs } from "./runs.ts";
import { arbitraryConfiguration } from "./shape.ts";

const RUNS = runs(30);
const redact = redactor(Buffer.from("key of the properties"));
const finding = { account: accountId("111111111111"), partition: "aws", region: HERE, redact };

function resourceOf(facts: Facts, configuration: Json): ScannedResource {
  const createdAt = instant("2026-01-05T09:00:00Z");
  return toResource(facts, { id: "one", createdAt, tags: {}, configuration: configuration as object }, finding);
}

function expectSame(facts: Facts, before: Json, after: Json): void {
  const was = resourceOf(facts, before);
  const is = resourceOf(facts, after);
  expect(is.fingerprint).toBe(was.fingerprint);
  expect(compare(was, is, facts)).toBeUndefined();
}

/** What a volatile property may become; undefined = it is gone. */
const anything: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
);

/** Another value of the same kind. */
function other(value: Json, salt: number): Json {
  if (typeof value === "number") return value + 1 + salt;
  if (typeof value === "boolean") return !value;
  return `${value ?? ""}+${salt}`;
}

describe.each(FACTS.map((facts) => [facts.type, facts as Facts] as const))("%s", (_, facts) => {
  it("keeps its fingerprint and shows no change when volatile properties move", async () => {
    const configurations = await arbitraryConfiguration(facts);
    const moves = fc.infiniteStream(anything);
    fc.assert(
      fc.property(configurations, moves, (configuration, values) => {
        const places = facts.volatile.flatMap((pattern) => placesOf(configuration, pattern));
        // Outer places last: what stands inside them is gone then.
        const inward = places.sort((a, b) => b.length - a.length);
        const moved = inward.reduce<Json>(
          (left, at) => put(left, at, values.next().value as Json | undefined),
          configuration,
        );

        expectSame(facts, configuration, moved);
      }),
      RUNS,
    );
  });

  it("gets another fingerprint, and a change that names it, with any other property", async () => {
    const configurations = await arbitraryConfiguration(facts);
    fc.assert(
      fc.property(configurations, fc.nat(), fc.nat(), (configuration, pick, salt) => {
        const stable = leaves(configuration).filter(({ at }) => !isVolatile(configuration, facts, at));
        const leaf = stable[pick % Math.max(1, stable.length)];
        fc.pre(leaf !== undefined);
        const { at, value } = leaf as (typeof stable)[number];
        const was = resourceOf(facts, configuration);
        const is = resourceOf(facts, put(configuration, at, other(value, salt)));
        const change = compare(was, is, facts);

        expect(is.fingerprint).not.toBe(was.fingerprint);
        expect(change?.kind).toBe("modified");
        const paths = change?.kind === "modified" ? change.properties.map(({ path }) => path) : [];
        expect(
          paths.filter((path) => names(path, at)),
          `${at.join(" ")} in ${paths.join(", ")}`,
        ).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it("does not mind the order of lists whose order AWS does not keep", async () => {
    const configurations = await arbitraryConfiguration(facts);
    fc.assert(
      fc.property(configurations, fc.infiniteStream(fc.nat()), (configuration, order) => {
        const shuffle = (list: Json): Json =>
          Array.isArray(list)
            ? list
                .map((each: Json) => ({ each, key: order.next().value as number }))
                .sort((a, b) => a.key - b.key)
                .map(({ each }) => each)
            : list;
        const shuffled = facts.unordered.reduce<Json>((left, path) => mapAt(left, path, shuffle), configuration);

        expectSame(facts, configuration, shuffled);
      }),
      RUNS,
    );
  });

  it("lets no secret pass, and shows that one has changed", async () => {
    const configurations = await arbitraryConfiguration(facts);
    const planting = fc.record({ pick: fc.nat(), name: fc.constantFrom(...SECRET_NAMES), salt: fc.nat() });
    fc.assert(
      fc.property(
        configurations,
        planting,
        fc.constantFrom(...Object.values(SECRET_TEXTS)),
        (plain, { pick, name, salt }, text) => {
          const before = plant(facts, plain, { pick, name, secret: `h1dd3n-${salt}`, text });
          const after = plant(facts, plain, { pick, name, secret: `h1dd3n-${salt + 1}`, text });
          const was = resourceOf(facts, before);
          const is = resourceOf(facts, after);
          const said = JSON.stringify([was, is, compare(was, is, facts)]);

          for (const hidden of HIDDEN) expect(said).not.toContain(hidden);
          expect(is.fingerprint).not.toBe(was.fingerprint);
        },
      ),
      RUNS,
    );
  });

  it("is normalised as it was when it is normalised again", async () => {
    const configurations = await arbitraryConfiguration(facts);
    fc.assert(
      fc.property(configurations, fc.constantFrom(...Object.values(SECRET_TEXTS)), fc.nat(), (plain, text, pick) => {
        const raw = plant(facts, plain, { pick, name: "Password", secret: "h1dd3n", text }) as JsonObject;
        const once = normalise(raw, facts, redact).configuration;

        expect(normalise(once, facts, redact).configuration).toEqual(once);
      }),
      RUNS,
    );
  });
});
