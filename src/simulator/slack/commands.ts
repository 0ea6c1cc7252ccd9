import { createAnswerBox, errorOf, type Outcome, showAck, showCommandFailure } from "./answers.ts";
import { type Courier, FORM, type RequestOverrides } from "./delivery.ts";
import { LEGACY_TOKEN, requestChannelName } from "./interaction-payloads.ts";
import { issueResponseUrl } from "./response-urls.ts";
import { issueTrigger } from "./triggers.ts";
import { escapeTyped, type MentionStyle } from "./typed-text.ts";
import { getChannel, getUser, type Workspace } from "./workspace.ts";

export type CommandInput = {
  userId: string;
  channelId: string;
  /** As typed: `@name` becomes a mention. */
  text: string;
  command?: string;
  mentions?: MentionStyle;
  /** The text is sent as it is, unescaped. */
  isRaw?: boolean;
  overrides?: RequestOverrides;
};

/**
 * A person types a slash command. Resolves once the service has acknowledged, or failed to.
 *
 * @throws when the person is not in that channel: Slack would not let them type there
 */
export async function typeCommand(workspace: Workspace, courier: Courier, input: CommandInput): Promise<Outcome> {
  const { userId, channelId, command = "/conf" } = input;
  const user = getUser(workspace, userId);
  const channel = getChannel(workspace, channelId);
  if (!channel.members.includes(userId)) throw new Error(`${user.name} is not in #${channel.name}`);
  const text = input.isRaw ? input.text : escapeTyped(workspace, input.text, input.mentions ?? "id");
  const box = createAnswerBox();
  const asked = { userId, channelId, originalTs: null, onAnswer: box.add };
  const responseUrl = issueResponseUrl(workspace, "commands", asked);
  const triggerId = issueTrigger(workspace, userId, null);
  const form = new URLSearchParams({
    token: LEGACY_TOKEN,
    team_id: workspace.teamId,
    team_domain: workspace.teamDomain,
    channel_id: channelId,
    channel_name: requestChannelName(channel),
    user_id: userId,
    user_name: user.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: "false",
    response_url: responseUrl,
    trigger_id: triggerId,
  });
  workspace.emit({ kind: "command", at: workspace.clock.now(), userId, channelId, command, text: input.text });
  const ack = await courier.send("command", FORM, form.toString(), input.overrides);
  const error = errorOf(ack);
  const shown = error ? showCommandFailure(workspace, input, command, error) : showAck(workspace, input, ack.body);
  if (shown) box.add(shown);
  return { ack, error, triggerId, responseUrl, responses: box.responses, answers: box.answers };
}
