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
    caughtBy: { file: "test/twilio/signature.test.ts", test: "has no say in verdict or URLs" },
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
    caughtBy: { file: "test/twilio/signature.test.ts", test: "with 403, an empty body and no effect" },
  },
  {
    name: "requests for another Twilio account are taken",
    breaks: "T1",
    changes: [{ file: "src/twilio/webhooks.ts", from: "z.literal(deps.accountSid)", to: "z.string()" }],
    caughtBy: { file: "test/twilio/signature.test.ts", test: "refuses what another account of the same token sent" },
  },
  {
    name: "bodies of any size are read",
    breaks: "T4, T33",
    changes: [{ file: "src/twilio/webhooks.ts", from: 'limit: "64kb"', to: 'limit: "64mb"' }],
    caughtBy: { file: "test/twilio/webhooks.test.ts", test: "is refused though it is signed, and nothing is done" },
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
    caughtBy: { file: "test/slack/signature.test.ts", test: "s from now counts" },
  },
  {
    name: "Slack's requests may be of any age",
    breaks: "T27",
    changes: [
      { file: "src/slack/signature.ts", from: "const MAX_SKEW_SECONDS = 300;", to: "const MAX_SKEW_SECONDS = 86_400;" },
    ],
    caughtBy: { file: "test/slack/signature.test.ts", test: "s from now counts" },
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
    caughtBy: { file: "test/operations/audit.test.ts", test: "has one row of a request that Slack delivers twice" },
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
    caughtBy: { file: "test/operations/audit.test.ts", test: "has nothing of what was refused" },
  },
  {
    name: "guests may change",
    breaks: "T29",
    changes: [{ file: "src/conference/moderation.ts", from: "actor.isGuest || ", to: "" }],
    caughtBy: { file: "test/conference/moderation.test.ts", test: "asking to change a conference is" },
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
    caughtBy: { file: "test/slack/directory.test.ts", test: "is known for" },
  },
  {
    name: "people of other organisations may change",
    breaks: "T29",
    changes: [{ file: "src/conference/moderation.ts", from: " || actor.isStranger;", to: ";" }],
    caughtBy: { file: "test/conference/moderation.test.ts", test: "asking to change a conference is" },
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
    caughtBy: {
      file: "test/journeys/phone-strangers.test.ts",
      test: "names nobody, and is the same for everybody on a roster",
    },
  },
  {
    name: "alerts show more of a number than its last two digits",
    breaks: "T21, I9",
    changes: [{ file: "src/conference/phone-number.ts", from: "number.slice(-2)", to: "number.slice(-4)" }],
    caughtBy: { file: "test/conference/phone-number.test.ts", test: ", and no more; to who may see all, the whole" },
  },
  {
    name: "alerts show whole numbers",
    breaks: "T21, I9",
    changes: [
      { file: "src/conference/phone-number.ts", from: "return `•••• ${number.slice(-2)}`;", to: "return number;" },
    ],
    caughtBy: {
      file: "test/journeys/slack-leaks.test.ts",
      test: "no number, code or token is anywhere but in the answer",
    },
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
    caughtBy: { file: "test/slack/mrkdwn.test.ts", test: "comes out of 200 nasty strings" },
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
    caughtBy: { file: "test/slack/mrkdwn.test.ts", test: "comes out of 200 nasty strings" },
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
    caughtBy: { file: "test/twilio/twiml.test.ts", test: "of every code point there is leave the TwiML valid" },
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
    caughtBy: { file: "test/log.test.ts", test: "carries no number, code or token" },
  },
  {
    name: "short secrets will do",
    breaks: "T5",
    changes: [{ file: "src/config.ts", from: "const SHORTEST_SECRET = 16;", to: "const SHORTEST_SECRET = 0;" }],
    caughtBy: { file: "test/config.test.ts", test: "when it is malformed" },
  },
];
