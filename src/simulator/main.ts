import { parseArgs } from "node:util";
import { startSimulator } from "./simulator.ts";

const usage = `Usage: tsx src/simulator/main.ts [--port 4003] [--service http://127.0.0.1:3000] [--listen URL] [--seed 1]

A simulated phone network and Slack. --service is the service's PUBLIC_URL, --listen where it really listens when
that is elsewhere. Account, secrets and number come from the service's own variables, with sample values otherwise.`;

const sampleWorkspace = {
  users: [
    { id: "U0ISABELLE", name: "isabelle", realName: "Isabelle Shih", phone: "+12025550111", isAdmin: true },
    { id: "U0MABEL", name: "mabel", realName: "Mabel Able", phone: "+12025550122" },
    { id: "U0TOMMY", name: "tommy", realName: "Tommy Nook", phone: "+12025550133" },
  ],
  channels: [
    { id: "C0STANDUP", name: "eng-standup", members: ["U0ISABELLE", "U0MABEL", "U0TOMMY"], appIsIn: true },
    { id: "C0RANDOM", name: "random", members: ["U0ISABELLE", "U0MABEL", "U0TOMMY"] },
  ],
};

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "4003" },
    service: { type: "string", default: process.env["PUBLIC_URL"] ?? "http://127.0.0.1:3000" },
    listen: { type: "string" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});

if (flags.help) {
  console.log(usage);
} else {
  await run();
}

async function run(): Promise<void> {
  const simulator = await startSimulator({
    port: Number(flags.port),
    seed: Number(flags.seed),
    twilio: {
      accountSid: process.env["TWILIO_ACCOUNT_SID"] ?? `AC${"5".repeat(32)}`,
      authToken: process.env["TWILIO_AUTH_TOKEN"] ?? "simulated-auth-token",
      verifyServiceSid: process.env["TWILIO_VERIFY_SERVICE_SID"] ?? `VA${"5".repeat(32)}`,
      phoneNumber: process.env["TWILIO_PHONE_NUMBER"] ?? "+12025550100",
    },
    slack: {
      teamId: "T0EXAMPLE1",
      botToken: process.env["SLACK_BOT_TOKEN"] ?? "simulated-bot-token",
      signingSecret: process.env["SLACK_SIGNING_SECRET"] ?? "simulated-signing-secret",
      ...sampleWorkspace,
    },
  });
  simulator.connect({ publicUrl: flags.service, listenUrl: flags.listen ?? flags.service });
  console.log(`TWILIO_API_URL=${simulator.url}`);
  console.log(`SLACK_API_URL=${simulator.url}/slack/api/`);
  console.log(`Control: ${simulator.url}/control/state, events at ${simulator.url}/control/events`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}
