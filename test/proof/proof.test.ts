import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Batch, Part } from "../../proof/part.ts";
import { prove, type Wanted } from "../../proof/proof.ts";
import { readStanding, type Standing, writeStanding } from "../../proof/standing.ts";
import { markdownTable } from "../../proof/table.ts";
import { afterThisTest } from "../support/clean-up.ts";

function aPart(changes: Partial<Part> = {}): Part & { ran: Batch[] } {
  const ran: Batch[] = [];
  return {
    name: "sums",
    shows: "adding works",
    cases: 10,
    batch: 4,
    run: async (batch) => {
      ran.push(batch);
      return [
        { what: "cases", value: batch.to - batch.from, as: "sum" },
        { what: "slowest", value: batch.from, as: "most", unit: "ms", aim: { atMost: 100 } },
      ];
    },
    ...changes,
    ran,
  };
}

function aRun(...parts: Part[]) {
  const said: string[] = [];
  const noted: Standing[] = [];
  const stopping = new AbortController();
  let elapsed = 0;
  const wanted: Wanted = {
    parts,
    standing: { seed: 7, parts: {} },
    createPostgres: async () => "postgres://nowhere",
    signal: stopping.signal,
    seconds: () => (elapsed += 10),
    say: (text) => said.push(text),
    note: (standing) => noted.push(structuredClone(standing)),
  };
  return { wanted, said, noted, stopping };
}

describe("a proof", () => {
  it("runs all cases in batches, and tells how far it is and how long the rest takes", async () => {
    const part = aPart();
    const { wanted, said } = aRun(part);

    expect(await prove(wanted)).toEqual([]);
    expect(part.ran.map(({ seed, from, to }) => [seed, from, to])).toEqual([
      [7, 0, 4],
      [7, 4, 8],
      [7, 8, 10],
    ]);
    expect(said).toEqual(["sums: 4 of 10, 15 s left", "sums: 8 of 10, 5 s left", "sums: 10 of 10, done in 30 s"]);
  });

  it("goes on where it was stopped, with what had been measured", async () => {
    const part = aPart();
    const first = aRun({
      ...part,
      run: async (batch, surroundings) => {
        if (batch.from === 4) first.stopping.abort();
        return part.run(batch, surroundings);
      },
    });
    await prove(first.wanted);
    expect(first.noted.map(({ parts }) => parts["sums"]?.done)).toEqual([4]);

    const again = aRun(part);
    const [standing] = first.noted;
    await prove({ ...again.wanted, standing: standing ?? { seed: 7, parts: {} } });
    expect(again.noted.at(-1)?.parts["sums"]?.figures).toEqual([
      { what: "cases", value: 10, as: "sum" },
      { what: "slowest", value: 8, as: "most", unit: "ms", aim: { atMost: 100 } },
    ]);
  });

  it("tells which cases were violated, and lets the other parts go on", async () => {
    const broken = aPart({
      name: "broken",
      run: async ({ from }) => {
        if (from > 0) throw new Error("somebody was let in");
        return [];
      },
    });
    const whole = aPart();
    const { wanted, noted } = aRun(broken, whole);
    const [fault, ...others] = await prove(wanted);

    expect(fault).toContain("broken: seed 7, cases 4 to 7: Error: somebody was let in");
    expect(others).toEqual([]);
    expect(noted.at(-1)?.parts).toMatchObject({ broken: { done: 4 }, sums: { done: 10 } });
  });

  it("has failed when a figure is beyond its aim", async () => {
    const slow = aPart({
      run: async () => [{ what: "p99", value: 4000, as: "most", unit: "ms", aim: { atMost: 3000 } }],
    });
    const few = aPart({ name: "few", run: async () => [{ what: "kills", value: 1, as: "sum", aim: { atLeast: 4 } }] });
    const { wanted } = aRun(slow, few);

    expect(await prove(wanted)).toEqual(["sums: missed: p99", "few: missed: kills"]);
  });

  it("says what cannot be shown on this machine", async () => {
    const { wanted, said } = aRun(aPart({ whyNot: () => "there is no strace" }));

    expect(await prove(wanted)).toEqual([]);
    expect(said).toEqual(["sums: left out: there is no strace"]);
    expect(markdownTable(wanted.parts, wanted.standing)).toContain("| 0 of 10 | left out: there is no strace |");
  });

  it("ends with a table for the documentation", async () => {
    const { wanted } = aRun(aPart());
    await prove(wanted);

    expect(markdownTable(wanted.parts, wanted.standing).split("\n")).toEqual([
      "| Part | Shows | Cases | Measured | Took |",
      "| --- | --- | --- | --- | --- |",
      "| sums | adding works | 10 | cases: 10<br>slowest: 8 ms (at most 100) | 30 s |",
    ]);
  });

  it("keeps how far it is, for the same seed only", () => {
    const folder = mkdtempSync(join(tmpdir(), "confline-standing-"));
    afterThisTest(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "deeper", "proof.json");
    const standing: Standing = { seed: 7, parts: { sums: { done: 4, seconds: 1.5, figures: [] } } };
    writeStanding(file, standing);

    expect(readStanding(file, 7)).toEqual(standing);
    expect(readStanding(file, 8)).toEqual({ seed: 8, parts: {} });
    expect(readStanding(join(folder, "none.json"), 7)).toEqual({ seed: 7, parts: {} });
  });
});
