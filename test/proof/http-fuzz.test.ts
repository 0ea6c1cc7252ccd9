import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { httpFuzz } from "../../proof/fuzz/http-fuzz.ts";
import { afterThisTest } from "../support/clean-up.ts";

const CASES = 2000;

it("T4, T33: nothing over HTTP gets a 5xx, an admission that was not earned, or an effect without a signature", async () => {
  const folder = mkdtempSync(join(tmpdir(), "confline-"));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  const surroundings = {
    createPostgres: async () => "",
    say: () => undefined,
    folder,
    signal: new AbortController().signal,
  };

  const figures = await httpFuzz.run({ seed: 20_261_129, from: 0, to: CASES }, surroundings);

  expect(figures.find(({ what }) => what === "requests over HTTP")?.value).toBe(CASES);
  expect(figures.find(({ what }) => what.startsWith("refused"))?.value).toBeGreaterThan(CASES / 10);
}, 120_000);
