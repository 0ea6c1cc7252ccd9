import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { scopesFor, sourceOfSlackEdge, usesIn } from "./support/slack-scopes.ts";

const root = join(import.meta.dirname, "..");
const https = z.url({ protocol: /^https$/ });

/** The rules of Slack's manifest schema 2 for the parts that we use: whatever else is there is a mistake. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.number().int() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(false),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(true),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().min(2).max(32).startsWith("/"),
          url: https,
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).min(1).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z
      .strictObject({ request_url: https, bot_events: z.array(z.string()).min(1).max(100) })
      .optional(),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: https }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});

const manifest = Manifest.parse(parse(readFileSync(join(root, "manifest.yml"), "utf8")));

describe("the Slack app's manifest", () => {
  const use = usesIn(sourceOfSlackEdge(root));

  it("asks for the scopes that the code uses, and for no other", () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(scopesFor(use));
  });

  it("subscribes to the events that the code listens to, and to no other", () => {
    expect((manifest.settings.event_subscriptions?.bot_events ?? []).toSorted()).toEqual(use.events);
  });

  it("has the commands that the code answers, with mentions escaped", () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(use.commands);
    expect(manifest.features.slash_commands.every((command) => command.should_escape)).toBe(true);
  });

  it("sends clicks, as the code listens to some", () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(use.hasInteractions);
  });

  it("names one place for the host to be filled in", () => {
    const urls = [
      ...manifest.features.slash_commands.map(({ url }) => url),
      manifest.settings.interactivity.request_url,
      ...(manifest.settings.event_subscriptions ? [manifest.settings.event_subscriptions.request_url] : []),
    ];

    expect(new Set(urls)).toEqual(new Set(["https://your-host.example/slack/events"]));
  });
});

describe("what the check finds in code", () => {
  it("is each method, event, command and click", () => {
    const code = `
      await client.chat.postMessage({}); await slack.users.info({ user }); call("conversations.history");
      app.event("app_uninstalled", gone); app.command("/conf", answer); app.action(actionIds.resetLockout, reset);`;

    expect(usesIn(code)).toEqual({
      methods: ["chat.postMessage", "conversations.history", "users.info"],
      events: ["app_uninstalled"],
      commands: ["/conf"],
      hasInteractions: true,
    });
    expect(scopesFor(usesIn(code))).toEqual([
      "channels:history",
      "chat:write",
      "commands",
      "groups:history",
      "im:history",
      "users:read",
    ]);
  });

  it("is refused when nobody said which scopes it needs", () => {
    expect(() => scopesFor(usesIn("client.reactions.add({})"))).toThrow("which scopes reactions.add needs");
    expect(() => scopesFor(usesIn('app.event("star_added", see)'))).toThrow("which scopes star_added needs");
  });
});
