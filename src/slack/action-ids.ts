/** What our buttons are called on the wire. */
export const actionIds = {
  resetLockout: "reset_lockout",
  takeOffCall: "take_off_call",
  addOfferedNumber: "add_offered_number",
  cancelOffer: "cancel_offer",
  answerYes: "answer_yes",
  answerMaybe: "answer_maybe",
  answerNo: "answer_no",
  callMe: "call_me",
  scheduleDraft: "schedule_draft",
  changeDraft: "change_draft",
  cancelDraft: "cancel_draft",
  openForm: "open_form",
  addMentioned: "add_mentioned",
  editSeries: "edit_series",
  cancelSeries: "cancel_series",
  chooseCall: "choose_call",
  cancelOne: "cancel_one",
  cancelFollowing: "cancel_following",
  cancelAll: "cancel_all",
  keepCall: "keep_call",
  addToCalendar: "add_to_calendar",
  renewCalendar: "renew_calendar",
} as const;

export type ActionId = (typeof actionIds)[keyof typeof actionIds];
