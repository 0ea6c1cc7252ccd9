import type { App } from "../app.ts";

/** Does something behind the scenes; what the simulator refuses is told. */
export function attempt({ store }: App, work: () => Promise<unknown>): void {
  store.set({ notice: null });
  work().catch((error: unknown) => store.set({ notice: error instanceof Error ? error.message : String(error) }));
}
