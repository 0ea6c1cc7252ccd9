/** What our buttons are called on the wire. */
export const actionIds = {
  resetLockout: "reset_lockout",
  addOfferedNumber: "add_offered_number",
  cancelOffer: "cancel_offer",
} as const;

export type ActionId = (typeof actionIds)[keyof typeof actionIds];
