import { statSync } from "node:fs";
import Database from "better-sqlite3";
import type { Memory, SoakedService } from "./soaked-service.ts";

/** What the service holds at the end of an hour, when all is quiet. */
export type HourMeasure = {
  memory: Memory;
  handles: number;
  /** Bytes of SQLite's log beside the file, and of the file. */
  walBytes: number;
  fileBytes: number;
  /** What waits to be told to Slack or Twilio, and what was set aside for good. */
  waiting: number;
  parked: number;
};

/** Tables of what happens, which retention must empty; people, numbers and settings stay. */
const OF_THE_DAY = [
  "events",
  "call_legs",
  "voice_steps",
  "sessions",
  "room_events",
  "messages",
  "alerts",
  "slack_requests",
  "outbox",
] as const;

export async function measure(service: SoakedService, file: string): Promise<HourMeasure> {
  const memory = await service.memory();
  return {
    memory,
    handles: service.handles(),
    walBytes: statSync(`${file}-wal`).size,
    fileBytes: statSync(file).size,
    waiting: countRows(file, "outbox where parked_reason is null"),
    parked: countRows(file, "outbox where parked_reason is not null"),
  };
}

/** Read beside the service, by a connection that cannot write. @param from what stands behind `from` */
export function countRows(file: string, from: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return Number(database.prepare(`select count(*) from ${from}`).pluck().get());
  } finally {
    database.close();
  }
}

/** How many rows there are of all that happened. */
export function countRowsOfTheDay(file: string): number {
  const lanes = countRows(file, "lanes where lane like 'twilio/%'");
  return OF_THE_DAY.reduce((sum, table) => sum + countRows(file, table), lanes);
}
