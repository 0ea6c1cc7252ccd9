import type { PlantedBug } from "./planted-bug.ts";

/** Bugs at the doors: who is believed, who may do what, and what is told to whom. */
export const bugsOfDoors: readonly PlantedBug[] = [
  {
    name: "Twilio's signature is checked against the Host header",
    breaks: "T2",
    changes: [
      {
        file: "src/twilio/signature.ts",
        from: "publicUrl + req.originalUrl",
        to: "`https://${req.headers.host}${req.originalUrl}`",
      },
    ],
    caughtBy: ["test/twilio/signature.test.ts"],
  },
  {
    name: "one route of Twilio's needs no signature",
    breaks: "T1, I7",
    changes: [
      {
        file: "src/twilio/signature.ts",
        from: "if (isSigned) return next();",
        to: 'if (isSigned || req.path === "/status") return next();',
      },
    ],
    caughtBy: ["test/twilio/webhooks.test.ts"],
  },
  {
    name: "requests for another Twilio account are taken",
    breaks: "T1",
    changes: [{ file: "src/twilio/webhooks.ts", from: "z.literal(deps.accountSid)", to: "z.string()" }],
    caughtBy: ["test/twilio/webhooks.test.ts"],
  },
  {
    name: "bodies of any size are read",
    breaks: "T4, T33",
    changes: [{ file: "src/twilio/webhooks.ts", from: 'limit: "64kb"', to: 'limit: "64mb"' }],
    caughtBy: ["test/twilio/webhooks.test.ts"],
  },
  {
    name: "Slack's requests may come from the future",
    breaks: "T27",
    changes: [
      {
        file: "src/slack/signature.ts",
        from: "Math.abs(Math.floor(now / 1000) - Number(sentAt))",
        to: "Math.floor(now / 1000) - Number(sentAt)",
      },
    ],
    caughtBy: ["test/slack/signature.test.ts"],
  },
  {
    name: "Slack's requests may be of any age",
    breaks: "T27",
    changes: [
      { file: "src/slack/signature.ts", from: "const MAX_SKEW_SECONDS = 300;", to: "const MAX_SKEW_SECONDS = 86_400;" },
    ],
    caughtBy: ["test/slack/signature.test.ts"],
  },
  {
    name: "a command that Slack delivers twice is acted on twice",
    breaks: "T27, I8",
    changes: [
      {
        file: "src/operations/change-conference.ts",
        from: 'if (!(await claimSlackRequest(tx, teamId, key, now))) return { kind: "repeat" };',
        to: "await claimSlackRequest(tx, teamId, key, now);",
      },
    ],
    caughtBy: ["test/journeys/slack-requests.test.ts"],
  },
  {
    name: "nobody checks who typed",
    breaks: "T28, I10",
    changes: [
      {
        file: "src/operations/change-conference.ts",
        from: 'if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind };',
        to: "",
      },
    ],
    caughtBy: ["test/journeys/slack-permissions.test.ts"],
  },
  {
    name: "guests may change",
    breaks: "T29",
    changes: [{ file: "src/conference/moderation.ts", from: "actor.isGuest || ", to: "" }],
    caughtBy: ["test/conference/moderation.test.ts", "test/journeys/slack-permissions.test.ts"],
  },
  {
    name: "single-channel guests are no guests",
    breaks: "T29",
    changes: [
      {
        file: "src/slack/directory.ts",
        from: "isGuest: user.is_restricted || user.is_ultra_restricted,",
        to: "isGuest: user.is_restricted,",
      },
    ],
    caughtBy: ["test/journeys/slack-permissions.test.ts"],
  },
  {
    name: "people of other organisations may change",
    breaks: "T29",
    changes: [{ file: "src/conference/moderation.ts", from: " || actor.isStranger;", to: ";" }],
    caughtBy: ["test/conference/moderation.test.ts", "test/journeys/slack-permissions.test.ts"],
  },
  {
    name: "a name is spoken before the code",
    breaks: "T6, T20",
    changes: [
      {
        file: "src/operations/send-code.ts",
        from: 'if (outcome.kind === "sent" || outcome.kind === "adopted") {',
        to: `if (outcome.kind === "sent" && ready.leg.endedAt === null) {
      const asked = await ask(tx, ready.leg, request, now);
      return { ...asked, name: ready.memberships[0]?.participant.name ?? "" };
    }
    if (outcome.kind === "sent" || outcome.kind === "adopted") {`,
      },
      {
        file: "src/twilio/twiml.ts",
        from: '    case "ask-code":\n',
        to: '    case "ask-code":\n      if ("name" in answer) response.say(`Hello ${String(answer.name)}.`);\n',
      },
    ],
    caughtBy: ["test/journeys/phone-secrets.test.ts"],
  },
  {
    name: "alerts show more of a number than its last two digits",
    breaks: "T21, I9",
    changes: [{ file: "src/conference/phone-number.ts", from: "number.slice(-2)", to: "number.slice(-4)" }],
    caughtBy: ["test/conference/phone-number.test.ts", "test/journeys/slack-alerts.test.ts"],
  },
  {
    name: "alerts show whole numbers",
    breaks: "T21, I9",
    changes: [
      { file: "src/conference/phone-number.ts", from: "return `•••• ${number.slice(-2)}`;", to: "return number;" },
    ],
    caughtBy: ["test/journeys/slack-leaks.test.ts", "test/journeys/slack-alerts.test.ts"],
  },
  {
    name: "names are not escaped for Slack",
    breaks: "T22",
    changes: [
      {
        file: "src/slack/mrkdwn.ts",
        from: "return inert.replace(/[&<>]/g, (character) => replaceEach(character, ENTITIES));",
        to: "return inert;",
      },
    ],
    caughtBy: ["test/slack/mrkdwn.test.ts"],
  },
  {
    name: "mentions, emoji and formats in names are live",
    breaks: "T22",
    changes: [
      {
        file: "src/slack/mrkdwn.ts",
        from: "plain(text, maxLength).replace(LIVE, (live) => replaceEach(live, LOOK_ALIKES));",
        to: "plain(text, maxLength);",
      },
    ],
    caughtBy: ["test/slack/mrkdwn.test.ts"],
  },
  {
    name: "characters that XML forbids are spoken",
    breaks: "T23",
    changes: [
      {
        file: "src/twilio/twiml.ts",
        from: 'text.replaceAll(UNSPEAKABLE, " ").replaceAll',
        to: "text.replaceAll",
      },
    ],
    caughtBy: ["test/twilio/twiml.test.ts"],
  },
  {
    name: "an error is logged with its message",
    breaks: "I9",
    changes: [
      {
        file: "src/log.ts",
        from: "message: error instanceof AppError ? error.message : null,",
        to: "message: error.message,",
      },
    ],
    caughtBy: ["test/log.test.ts"],
  },
  {
    name: "short secrets will do",
    breaks: "T5",
    changes: [{ file: "src/config.ts", from: "const SHORTEST_SECRET = 16;", to: "const SHORTEST_SECRET = 0;" }],
    caughtBy: ["test/config.test.ts"],
  },
];
