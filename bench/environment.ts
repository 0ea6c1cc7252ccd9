import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL } from "./calls.ts";
import { SIGNING_SECRET } from "./commands.ts";

/** What a service's environment has to say for it to be measured. */
export function environment(standInUrl: string, databaseUrl: string): Record<string, string> {
  return {
    PUBLIC_URL,
    PORT: "0",
    HOST: "127.0.0.1",
    DATABASE_URL: databaseUrl,
    SLACK_BOT_TOKEN: "bench-bot-token-not-real",
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: `${standInUrl}/slack/api/`,
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_VERIFY_SERVICE_SID: "VA000000000000000000000000005e12ce",
    TWILIO_PHONE_NUMBER: "+12025550190",
    TWILIO_API_URL: standInUrl,
    LOG_LEVEL: "warn",
  };
}
