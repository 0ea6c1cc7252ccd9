/** Something that must never be was. `which` names the invariant of the threat model. */
export function violated(which: string, what: string): Error {
  return Object.assign(new Error(`${which}: ${what}`), { which });
}
