import { z } from "zod";
import { isCountry, readCallerId } from "./conference/phone-number.ts";

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const SHORTEST_SECRET = 16;
/** What `.env.example` shows: a service that started with it would trust the whole world. */
const SAMPLES = new Set(["xoxb-put-your-bot-token-here", "put-your-signing-secret-here", "put-your-auth-token-here"]);

const origin = z
  .url({ protocol: /^https?$/, error: "must be an origin such as https://line.example.org", abort: true })
  .refine((text) => new URL(text).origin === text.replace(/\/$/, ""), "must be an origin, without a path")
  .transform((text) => new URL(text).origin);

const endpoint = z.url({ protocol: /^https?$/, error: "must be a URL" });

const secret = z
  .string()
  .min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`)
  .refine((text) => !SAMPLES.has(text), "is the value of .env.example: put in your own");

const sid = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`);

const databaseUrl = z
  .string()
  .default("file:data/confline.db")
  .transform((text, context) => {
    if (/^postgres(ql)?:\/\/./.test(text)) return { kind: "postgres", url: text } as const;
    if (/^file:./.test(text)) return { kind: "sqlite", file: text.slice("file:".length) } as const;
    context.addIssue({ code: "custom", message: "must be file:… or postgres://…" });
    return z.NEVER;
  });

const environment = z.object({
  PUBLIC_URL: origin,
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .default("3000")
    .transform(Number)
    .refine((port) => port <= 65_535, "must be a port number"),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: databaseUrl,
  SLACK_BOT_TOKEN: secret,
  SLACK_SIGNING_SECRET: secret,
  SLACK_API_URL: endpoint.optional(),
  TWILIO_ACCOUNT_SID: sid("AC"),
  TWILIO_AUTH_TOKEN: secret,
  TWILIO_VERIFY_SERVICE_SID: sid("VA"),
  TWILIO_PHONE_NUMBER: z.string().transform((text, context) => {
    const caller = readCallerId(text);
    if (caller.kind === "number") return caller.number;
    context.addIssue({ code: "custom", message: "must be in E.164, such as +12025550190" });
    return z.NEVER;
  }),
  TWILIO_API_URL: endpoint.optional(),
  CALLS_PER_SECOND: z
    .string()
    .regex(/^\d{1,2}$/, "must be a number from 1 to 30")
    .default("1")
    .transform(Number)
    .refine((calls) => calls >= 1 && calls <= 30, "must be a number from 1 to 30"),
  RETENTION_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, "must be a number of days from 1 to 3650")
    .default("90")
    .transform(Number)
    .refine((days) => days >= 1 && days <= 3650, "must be a number of days from 1 to 3650"),
  DEFAULT_COUNTRY: z
    .string()
    .default("US")
    .transform((code, context) => {
      if (isCountry(code)) return code;
      context.addIssue({ code: "custom", message: "must be a country, such as US or DE" });
      return z.NEVER;
    }),
  ENCRYPTION_KEY: z
    .string()
    .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64")
    .optional(),
  WAIT_MUSIC_URL: endpoint.optional(),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(", ")}`).default("info"),
});

/** What the whole program is told from outside. */
export type Config = z.output<typeof environment>;

export type ConfigFault = { variable: string; problem: string };

/**
 * Reads the configuration as a whole.
 *
 * @returns every fault at once, by variable; never a value
 */
export function readConfig(
  env: Record<string, string | undefined>,
): { kind: "config"; config: Config } | { kind: "faults"; faults: ConfigFault[] } {
  // A variable that is set to nothing is one that was forgotten.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  if (parsed.success) return { kind: "config", config: parsed.data };
  const faults = new Map<string, string>();
  for (const { path, code, message } of parsed.error.issues) {
    const variable = String(path[0]);
    const problem = code === "invalid_type" ? "is missing" : message;
    if (!faults.has(variable)) faults.set(variable, problem);
  }
  return { kind: "faults", faults: [...faults].map(([variable, problem]) => ({ variable, problem })) };
}
