import type { Database } from "../db/database.ts";
import { findTeamId } from "../db/lines.ts";

/** The workspace that this database serves; null before its first conference. */
export async function findTeam(db: Database): Promise<string | null> {
  return db.read(findTeamId);
}
