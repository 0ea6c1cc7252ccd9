/** What our buttons are called on the wire. */
export const actionIds = {
  resetLockout: "reset_lockout",
  addOfferedNumber: "add_offered_number",
  cancelOffer: "cancel_offer",
  answerYes: "answer_yes",
  answerMaybe: "answer_maybe",
  answerNo: "answer_no",
  callMe: "call_me",
} as const;

export type ActionId = (typeof actionIds)[keyof typeof actionIds];
