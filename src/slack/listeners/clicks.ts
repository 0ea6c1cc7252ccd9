import type { ActionId } from "../action-ids.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { clickAddOffered, clickCancelOffer, clickReset } from "./actions.ts";
import type { Asked, ListenerDeps } from "./context.ts";
import { clickAnswer, clickCallMe } from "./scheduled-call.ts";

/** What a button does. */
export type Click = {
  /** @returns what whoever clicked is told; null: nothing */
  act(deps: ListenerDeps, asked: Asked, value: string): Promise<SlackMessage | null>;
  /** Whether the answer takes the place of the message that the button is in. */
  replaces: boolean;
};

/** Every button of ours. */
export const clicks: Readonly<Record<ActionId, Click>> = {
  reset_lockout: { act: clickReset, replaces: false },
  add_offered_number: { act: clickAddOffered, replaces: true },
  answer_yes: { act: clickAnswer("yes"), replaces: false },
  answer_maybe: { act: clickAnswer("maybe"), replaces: false },
  answer_no: { act: clickAnswer("no"), replaces: false },
  call_me: { act: clickCallMe, replaces: false },
  cancel_offer: { act: async () => clickCancelOffer(), replaces: true },
};
