/** E.164, and of numbers in North America only those of full length. */
const E164 = /^\+(?:1[2-9]\d{9}|[2-9]\d{6,14})$/;

export function isE164(number: string): boolean {
  return E164.test(number);
}
