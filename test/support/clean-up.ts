/** What tests leave behind, and who takes it away: the set-up of each test file sees to both. */
const afterTest: (() => unknown)[] = [];
const afterFile: (() => unknown)[] = [];

/** Takes something away when the test that is running is over; what came last goes first. */
export function afterThisTest(remove: () => unknown): void {
  afterTest.push(remove);
}

/** Takes something away when the test file is done, after its own clean-up. */
export function afterThisFile(remove: () => unknown): void {
  afterFile.push(remove);
}

export async function cleanUpAfterTest(): Promise<void> {
  for (const remove of afterTest.splice(0).reverse()) await remove();
}

export async function cleanUpAfterFile(): Promise<void> {
  for (const remove of afterFile.splice(0).reverse()) await remove();
}
