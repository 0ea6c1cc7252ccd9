import fc from "fast-check";
import type { MessageContent } from "../../src/conference/message-content.ts";
import { render } from "../../src/slack/render-message.ts";
import { logMessage } from "../../src/slack/views/log.ts";
import { rosterListMessage } from "../../src/slack/views/roster-list.ts";
import { draftMessage, notUnderstoodMessage } from "../../src/slack/views/schedule-draft.ts";
import { whoMessage } from "../../src/slack/views/who.ts";
import { faultsOf } from "../../test/slack/views/shown.ts";
import {
  alerts,
  cards,
  instants,
  invitations,
  onLine,
  people,
  plan,
  reminders,
  roles,
  some,
  threads,
} from "./contents.ts";
import { names } from "./markup.ts";
import { property } from "./property.ts";

const messagesFit = property(
  "every message of ours is taken by Slack, whatever people and calls are named and however many there are",
  3,
  fc.oneof<fc.Arbitrary<MessageContent>[]>(cards, cards, threads, alerts, invitations, reminders),
  (content) => {
    const faults = faultsOf(render(content));
    return faults.length === 0 ? null : faults.join("; ");
  },
);

const drafts = plan.map((one) =>
  draftMessage({ plan: one, first: [], isZoneKnown: true, invited: null, rosterSize: 3, clashes: [], value: "draft" }),
);
const answers = fc.oneof(
  drafts,
  fc
    .tuple(names, some(names, 9), names)
    .map(([problem, understood, words]) => notUnderstoodMessage({ problem, understood, words: `${words}x` })),
  fc
    .tuple(names, fc.option(cards), some(onLine, 40), some(people, 250))
    .map(([title, session, verifying, roster]) =>
      whoMessage({ title, session: session?.ended === null ? session : null, verifying, roster }),
    ),
  some(fc.record({ at: instants, words: names }), 100).map((entries) => logMessage({ entries })),
  fc
    .tuple(
      names,
      some(
        fc.record({
          name: names,
          slackUserId: fc.constant(null),
          role: roles,
          maskedNumber: fc.constantFrom(null, "•••• 21"),
          isLocked: fc.boolean(),
        }),
        500,
      ),
    )
    .map(([title, listed]) => rosterListMessage({ title, people: listed })),
);

const answersFit = property("every answer of ours is taken by Slack, whatever it is about", 2, answers, (message) => {
  const faults = faultsOf(message);
  return faults.length === 0 ? null : faults.join("; ");
});

export const views = [messagesFit, answersFit];
