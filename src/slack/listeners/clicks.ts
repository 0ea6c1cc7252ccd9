import type { ActionId } from "../action-ids.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { clickAddOffered, clickCancelOffer, clickReset, clickTakeOffCall } from "./actions.ts";
import {
  clickCancel,
  clickCancelAll,
  clickCancelFollowing,
  clickCancelOne,
  clickChooseCall,
  clickKeep,
} from "./cancel-call.ts";
import type { Asked, Beside, ListenerDeps } from "./context.ts";
import { clickAddMentioned, clickCancelDraft, clickSchedule } from "./schedule.ts";
import { clickChangeDraft, clickEdit, clickOpenForm } from "./schedule-form.ts";
import { clickAnswer, clickCallMe } from "./scheduled-call.ts";
import { clickRenewCalendar } from "./upcoming.ts";

/** What a button does. */
export type Click = {
  /** @returns what whoever clicked is told; null: nothing */
  act(deps: ListenerDeps, asked: Asked, value: string): Promise<SlackMessage | Beside | null>;
  /** Whether the answer takes the place of the message that the button is in. */
  replaces: boolean;
};

/** Every button of ours. */
export const clicks: Readonly<Record<ActionId, Click>> = {
  reset_lockout: { act: clickReset, replaces: false },
  take_off_call: { act: clickTakeOffCall, replaces: false },
  add_offered_number: { act: clickAddOffered, replaces: true },
  answer_yes: { act: clickAnswer("yes"), replaces: false },
  answer_maybe: { act: clickAnswer("maybe"), replaces: false },
  answer_no: { act: clickAnswer("no"), replaces: false },
  call_me: { act: clickCallMe, replaces: false },
  cancel_offer: { act: async () => clickCancelOffer(), replaces: true },
  schedule_draft: { act: clickSchedule, replaces: true },
  change_draft: { act: clickChangeDraft, replaces: false },
  cancel_draft: { act: async () => clickCancelDraft(), replaces: true },
  open_form: { act: clickOpenForm, replaces: false },
  add_mentioned: { act: clickAddMentioned, replaces: false },
  edit_series: { act: clickEdit, replaces: false },
  cancel_series: { act: clickCancel, replaces: false },
  choose_call: { act: clickChooseCall, replaces: true },
  cancel_one: { act: clickCancelOne, replaces: true },
  cancel_following: { act: clickCancelFollowing, replaces: true },
  cancel_all: { act: clickCancelAll, replaces: true },
  // The button is a link; Slack tells of the click all the same.
  add_to_calendar: { act: async () => null, replaces: false },
  renew_calendar: { act: clickRenewCalendar, replaces: true },
  keep_call: { act: async () => clickKeep(), replaces: true },
};

export function isBeside(said: SlackMessage | Beside): said is Beside {
  return "beside" in said;
}
