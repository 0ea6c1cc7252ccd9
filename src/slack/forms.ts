import type { App } from "@slack/bolt";
import { z } from "zod";
import type { Answer } from "./answering.ts";
import { unpackMetadata } from "./form-metadata.ts";
import { readForm } from "./form-values.ts";
import type { ListenerDeps } from "./listeners/context.ts";
import { type Part, switchPart } from "./listeners/edited-form.ts";
import { submitForm } from "./listeners/submit-form.ts";
import { fields, SCHEDULE_FORM } from "./views/schedule-modal.ts";

/** Serves the form that schedules calls: what is wrong is said at once beside its input, all else once it is closed. */
export function receiveForms(bolt: App, listeners: ListenerDeps, answer: Answer): void {
  const { slack, line } = listeners;
  bolt.view({ type: "view_submission", callback_id: SCHEDULE_FORM }, async ({ ack, body, view }) => {
    const metadata = unpackMetadata(view.private_metadata);
    if (metadata === null) return ack();
    const read = readForm(view.state.values, metadata, line.clock.now());
    if (read.kind === "errors") return ack({ response_action: "errors", errors: read.errors });
    await ack();
    const { channelId } = metadata;
    const userId = body.user.id;
    const asked = { key: `form/${view.id}/${userId}`, userId, channelId, triggerId: "" };
    await answer(
      asked,
      () => submitForm(listeners, asked, metadata, read.filled),
      // A submission has no address to answer at.
      async (message) => void (await slack.chat.postEphemeral({ channel: channelId, user: userId, ...message })),
    );
  });

  for (const [actionId, Chosen] of Object.entries(SWITCHES)) {
    bolt.action({ type: "block_actions", action_id: actionId }, async ({ ack, body, action }) => {
      await ack();
      const part = Chosen.safeParse(action).data;
      const metadata = unpackMetadata(body.view?.private_metadata ?? "");
      if (body.view === undefined || part === undefined || metadata === null) return;
      const { id: viewId, hash, state } = body.view;
      const open = { viewId, hash, userId: body.user.id, metadata, state: state.values };
      const asked = { key: "", userId: body.user.id, channelId: metadata.channelId, triggerId: "" };
      await answer(
        asked,
        () => switchPart(listeners, open, part).then(() => null),
        async () => undefined,
      );
    });
  }
}

/** The choices that have the form show other inputs at once, as Slack tells of them. */
const SWITCHES = {
  [fields.extent]: z
    .object({ selected_option: z.object({ value: z.enum(["one", "all"]) }) })
    .transform(({ selected_option: { value } }): Partial<Part> => ({ extent: value })),
  [fields.which]: z
    .object({ selected_option: z.object({ value: z.string() }) })
    .transform(({ selected_option: { value } }): Partial<Part> => ({ day: value })),
};
