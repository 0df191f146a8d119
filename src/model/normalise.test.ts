import { describe, expect, it } from "vitest";
import { fingerprint, normalise } from "./normalise.ts";
import { redactor } from "./redact.ts";

const redact = redactor(Buffer.from("key"));
const RULES = {
  volatile: ["State", "Disks[].AttachTime"],
  secret: ["Environment.*"],
  unordered: ["Disks", "Disks[].Modes", "Groups"],
};

describe("normalise", () => {
  it("takes volatile properties out and keeps what they were", () => {
    const raw = { State: "running", Disks: [{ Id: "a", AttachTime: "today" }], Type: "small" };
    const { configuration, observed } = normalise(raw, RULES, redact);

    expect(configuration).toEqual({ Disks: [{ Id: "a" }], Type: "small" });
    expect(observed).toEqual({ State: "running", "Disks[0].AttachTime": "today" });
  });

  it("sorts lists whose order AWS does not keep, inner ones first, and leaves the others alone", () => {
    const one = {
      Disks: [
        { Id: "b", Modes: ["w", "r"] },
        { Id: "a", Modes: [] },
      ],
      Groups: ["2", "1"],
      Steps: [2, 1],
    };
    const two = {
      Steps: [2, 1],
      Groups: ["1", "2"],
      Disks: [
        { Modes: [], Id: "a" },
        { Modes: ["r", "w"], Id: "b" },
      ],
    };

    expect(normalise(one, RULES, redact).configuration).toEqual(normalise(two, RULES, redact).configuration);
    expect(normalise(one, RULES, redact).configuration.Steps).toEqual([2, 1]);
  });

  it("sorts by what is left when volatile properties are gone", () => {
    const disks = (first: string, second: string) => ({
      Disks: [
        { AttachTime: first, Id: "b" },
        { AttachTime: second, Id: "a" },
      ],
    });

    expect(normalise(disks("1", "2"), RULES, redact).configuration).toEqual(
      normalise(disks("2", "1"), RULES, redact).configuration,
    );
  });

  it("hides secrets also in what it observed", () => {
    const rules = { ...RULES, volatile: ["Environment"] };
    const { observed } = normalise({ Environment: { DB: "c0rrect-h0rse" } }, rules, redact);

    expect(JSON.stringify(observed)).not.toContain("c0rrect-h0rse");
  });

  it("gives the same again for what it gave", () => {
    const once = normalise(
      { Environment: { A: "x" }, Url: "redis://:h0rse@cache", State: 1 },
      RULES,
      redact,
    ).configuration;

    expect(normalise(once, RULES, redact).configuration).toEqual(once);
  });
});

describe("fingerprint", () => {
  it("does not depend on the order of members, and does on tags and values", () => {
    const plain = fingerprint({ a: 1, b: [1, 2] }, { team: "a", env: "b" });

    expect(fingerprint({ b: [1, 2], a: 1 }, { env: "b", team: "a" })).toBe(plain);
    expect(fingerprint({ a: 1, b: [2, 1] }, { team: "a", env: "b" })).not.toBe(plain);
    expect(fingerprint({ a: 1, b: [1, 2] }, { team: "a" })).not.toBe(plain);
    expect(fingerprint({ a: "1", b: [1, 2] }, { team: "a", env: "b" })).not.toBe(plain);
  });
});
