import { onTheRoster } from "./setting.ts";
import type { Step, Story } from "./story.ts";

function answers(who: string): Step[] {
  return [
    { kind: "answer", who },
    { kind: "wait", seconds: 3 },
    { kind: "press", who, keys: "1" },
    { kind: "wait", seconds: 1 },
  ];
}

export const everyoneIsCalled: Story = {
  id: "everyone-is-called",
  title: "Everyone is called",
  about: "At the start of a call the line dials everybody. One has voicemail, and one is busy at first.",
  steps: [
    ...onTheRoster("Tommy", "Mabel", "Blathers"),
    { kind: "habit", who: "Mabel", habit: "voicemail" },
    { kind: "habit", who: "Blathers", habit: "decline" },
    { kind: "watch", who: "Isabelle", where: "channel" },
    { kind: "say", text: "The word “call” at the end has the line dial everybody when the call starts." },
    { kind: "type", who: "Isabelle", text: "schedule in 3 minutes for 30m Go-live call" },
    { kind: "wait", seconds: 3 },
    { kind: "click", who: "Isabelle", button: "Schedule", where: "channel" },
    { kind: "wait", seconds: 2 },
    { kind: "until-called", who: "Isabelle" },
    { kind: "say", text: "It starts: phones ring, the moderator's first. Who answers presses 1.", about: "Isabelle" },
    { kind: "habit", who: "Blathers", habit: "ring" },
    ...answers("Isabelle"),
    ...answers("Tommy"),
    { kind: "say", text: "Voicemail answered for Mabel: it is recognised, and not let in.", about: "Mabel" },
    { kind: "wait", seconds: 1 },
    { kind: "say", text: "Blathers was busy, and is called once more.", about: "Blathers" },
    { kind: "until-called", who: "Blathers" },
    ...answers("Blathers"),
    { kind: "say", text: "The card has counted along. Anybody may pick up a phone, so nobody was named before the 1." },
    { kind: "wait", seconds: 3 },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "hang-up", who: "Tommy" },
    { kind: "hang-up", who: "Blathers" },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "The record says who was there, and who never came." },
  ],
};
