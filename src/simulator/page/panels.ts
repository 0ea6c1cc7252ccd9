import type { Panel } from "./app.ts";
import { clock } from "./faults/clock.ts";
import { faults } from "./faults/faults.ts";
import { room } from "./room/room.ts";
import { stories } from "./stories/stories.ts";

/** What stands on the right. */
export { phones } from "./phones/phones.ts";

/** What stands below the phones, as tabs. */
export const backstage: readonly Panel[] = [room, stories, faults, clock];
