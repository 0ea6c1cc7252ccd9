import type { Scene } from "./scene.ts";

/** Something that people do with the line, in the middle of which the service is killed. */
export type Flow = {
  /** What leads to it; nothing breaks meanwhile. */
  prepare(scene: Scene): Promise<unknown>;
  /** What is done, by people who try again when it does not work. */
  act(scene: Scene): Promise<unknown>;
  /** What must have come of it once time has passed, besides what always holds. @throws {Error} what is wrong */
  check(scene: Scene): Promise<void>;
};

/** @throws when it is not so */
export function must(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what);
}
