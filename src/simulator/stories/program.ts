import { clocksChange } from "./clocks-change.ts";
import { droppedModerator } from "./dropped-moderator.ts";
import { everyoneIsCalled } from "./everyone-is-called.ts";
import { normalCall } from "./normal-call.ts";
import { scheduledCall } from "./scheduled-call.ts";
import { slackDown } from "./slack-down.ts";
import { spoofedCaller } from "./spoofed-caller.ts";
import type { Story } from "./story.ts";
import { wrongCode } from "./wrong-code.ts";

/** In the order in which they are best watched. */
export const stories: readonly Story[] = [
  normalCall,
  wrongCode,
  spoofedCaller,
  droppedModerator,
  slackDown,
  scheduledCall,
  everyoneIsCalled,
  clocksChange,
];
