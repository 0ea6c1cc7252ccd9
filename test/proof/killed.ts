import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describePoint } from "../../proof/kills/cases.ts";
import type { FlowName } from "../../proof/kills/flows.ts";
import { type Dialect, type KillPoint, killPoints, type PointResult } from "../../proof/kills/kill-points.ts";
import { OUR_TREE } from "../../proof/kills/program.ts";
import type { Syscall } from "../../proof/kills/strace.ts";
import { afterThisTest } from "../support/clean-up.ts";
import { createMigratedDatabase } from "../support/postgres.ts";

/** In what, as it enters which call for the so-manieth time, and for how long the service is away then. */
export type Place = readonly [FlowName, Syscall, number, "short" | "long"];

export const KILLS_TAKE_MS = 240_000;

/** Kills the service at each of these places. @returns what was wrong after one, and which of them did not kill */
export async function killAt(dialect: Dialect, places: readonly Place[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "confline-kills-"));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  const points = places.map(
    ([flow, syscall, nth, outage]): KillPoint => ({
      dialect,
      flow,
      kill: { syscall, nth },
      isShort: outage === "short",
    }),
  );
  const results = await killPoints({ tree: OUR_TREE, points, folder, createPostgres: createMigratedDatabase });
  const isBad = ({ violation, wasKilled }: PointResult) => violation !== null || !wasKilled;
  return [...results.filter(isBad).map(tell), ...points.slice(results.length).map(describePoint)];
}

const tell = ({ point, violation }: PointResult) => `${describePoint(point)}: ${violation ?? "not killed"}`;
