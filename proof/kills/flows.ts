import type { Flow } from "./flow.ts";
import { alerting, comingIn, endOfCall, hangUpAtPrompt, leaving, removing, wrongCodes } from "./flows-of-calls.ts";
import { adding, reminding, scheduling } from "./flows-of-slack.ts";
import { must } from "./flow.ts";
import { untilUp } from "./scene.ts";

const nothing = async () => undefined;

export const FLOWS = {
  "/conf add": adding,
  "the right code": comingIn,
  "wrong codes": wrongCodes,
  "a hang-up at the prompt": hangUpAtPrompt,
  "an alert to Slack": alerting,
  "somebody leaves": leaving,
  "the call's record": endOfCall,
  "/conf remove on a call": removing,
  "/conf schedule": scheduling,
  "reminders and calling out": reminding,
  /** Told to end: it is killed while it puts everything away. */
  "a stop": {
    prepare: leaving.prepare,
    async act({ stage }) {
      stage.service().signal("SIGTERM");
      await untilUp(stage);
    },
    async check({ stage }) {
      must(
        stage.sim.twilio.conferences().some(({ status }) => status === "in-progress"),
        "the call was dropped",
      );
    },
  },
  /** It is killed while it starts, with a call going on: watched from its first instruction. */
  "a start": { prepare: leaving.prepare, act: nothing, check: nothing },
} satisfies Record<string, Flow>;

export type FlowName = keyof typeof FLOWS;

export const FLOW_NAMES = Object.keys(FLOWS).filter((name): name is FlowName => name in FLOWS);
