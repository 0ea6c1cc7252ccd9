import type { PhoneSeed } from "../page/wire-world.ts";

/** @throws when nobody of that name has a phone */
export function getPhone({ phones }: { phones: readonly PhoneSeed[] }, owner: string): PhoneSeed {
  const phone = phones.find((one) => one.owner === owner);
  if (phone === undefined) throw new Error(`the story needs ${owner}, who has no phone here`);
  return phone;
}
