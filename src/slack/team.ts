import { z } from "zod";
import type { Log } from "../log.ts";
import { describeFailure } from "./slack-failure.ts";

export type Team = {
  /** The workspace; empty while neither the database nor Slack has told. */
  id(): string;
  /** Asks Slack, if it is not known yet. @throws {Error} when Slack does not tell */
  ready(): Promise<void>;
};

const AuthTest = z.object({ team_id: z.string().min(1) });

/**
 * Knows which workspace the bot token belongs to. Slack being down must not keep the telephone from being answered,
 * so what the database knows counts until Slack is asked.
 */
export function makeTeam(slack: { auth: { test(): Promise<unknown> } }, known: string | null, log: Log): Team {
  let teamId = known ?? "";
  return {
    id: () => teamId,
    async ready() {
      if (teamId !== "") return;
      const answer = await slack.auth.test().catch((error: unknown) => {
        const failure = describeFailure(error);
        const reason = failure.kind === "refused" ? failure.error : failure.kind;
        log.warn("Slack did not say which workspace SLACK_BOT_TOKEN belongs to", { reason });
        throw error;
      });
      teamId = AuthTest.parse(answer).team_id;
    },
  };
}
