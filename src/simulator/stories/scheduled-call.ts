import { joins, onTheRoster, VOUCHED } from "./setting.ts";
import type { Step, Story } from "./story.ts";

const isScheduled: Step[] = [
  { kind: "watch", who: "Isabelle", where: "channel" },
  { kind: "say", text: "Isabelle schedules a call, in words.", about: "Isabelle" },
  { kind: "type", who: "Isabelle", text: "schedule in 12 minutes for 30m Sprint review" },
  { kind: "wait", seconds: 1 },
  { kind: "say", text: "The answer shows what was understood. Nothing counts until she presses Schedule." },
  { kind: "click", who: "Isabelle", button: "Schedule", where: "channel" },
  { kind: "wait", seconds: 3 },
  { kind: "watch", who: "Tommy", where: "direct" },
  { kind: "say", text: "The channel is invited, and so is each person: this is Tommy in Paris, with his own time." },
  { kind: "click", who: "Tommy", button: "Yes", where: "direct" },
  { kind: "wait", seconds: 2 },
];

const isReminded: Step[] = [
  { kind: "watch", who: "Isabelle", where: "channel" },
  { kind: "say", text: "In the channel he is counted. Ten minutes before the call, there is a reminder." },
  { kind: "forward", seconds: 120 },
  { kind: "wait", seconds: 2 },
  { kind: "watch", who: "Mabel", where: "direct" },
  { kind: "say", text: "Five minutes before, everybody is reminded who said yes, or nothing, as Mabel did." },
  { kind: "forward", seconds: 300 },
  { kind: "wait", seconds: 3 },
];

const isHeld: Step[] = [
  { kind: "watch", who: "Isabelle", where: "channel" },
  { kind: "say", text: "It starts: a card says who is expected. Isabelle and Tommy dial in.", about: "Isabelle" },
  { kind: "forward", seconds: 300 },
  ...joins("Isabelle"),
  { kind: "dial", who: "Tommy", verdict: VOUCHED },
  { kind: "wait", seconds: 1 },
  { kind: "press", who: "Tommy", keys: "texted" },
  { kind: "watch", who: "Mabel", where: "direct" },
  { kind: "say", text: "Three minutes later Mabel is missing, and is asked whether she wants to be called." },
  { kind: "forward", seconds: 180 },
  { kind: "wait", seconds: 2 },
  { kind: "click", who: "Mabel", button: "Call me", where: "direct" },
  { kind: "until-called", who: "Mabel" },
  {
    kind: "say",
    text: "Her phone rings. She presses 1, and needs no code: it is the number on the roster.",
    about: "Mabel",
  },
  { kind: "answer", who: "Mabel" },
  { kind: "wait", seconds: 3 },
  { kind: "press", who: "Mabel", keys: "1" },
  { kind: "wait", seconds: 2 },
];

export const scheduledCall: Story = {
  id: "scheduled-call",
  title: "A scheduled call",
  about: "Isabelle schedules it in words. Invitations, answers, reminders, and Mabel, who forgot.",
  steps: [
    ...onTheRoster("Tommy", "Mabel"),
    ...isScheduled,
    ...isReminded,
    ...isHeld,
    { kind: "watch", who: "Isabelle", where: "channel" },
    { kind: "wait", seconds: 3 },
    { kind: "hang-up", who: "Mabel" },
    { kind: "hang-up", who: "Tommy" },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "When all have hung up, the card is the record: who came, and who was invited and did not." },
  ],
};
