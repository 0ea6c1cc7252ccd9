import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Where one file may take minutes: begun last, it would have the others' workers wait for it. */
const LONG = ["/test/proof/", "/test/page/"];

/** Begins with what takes longest, on a machine that has run no test yet as well. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((folder) => moduleId.includes(folder));
      return place === -1 ? LONG.length : place;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
