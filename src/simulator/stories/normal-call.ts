import { joins, onTheRoster } from "./setting.ts";
import type { Story } from "./story.ts";

export const normalCall: Story = {
  id: "normal-call",
  title: "A normal call",
  about: "Tommy dials in and waits, Isabelle starts the call, everybody hangs up.",
  steps: [
    ...onTheRoster("Tommy", "Mabel"),
    { kind: "say", text: "Tommy dials the line. A code is texted to him, and he keys it in.", about: "Tommy" },
    ...joins("Tommy"),
    {
      kind: "say",
      text: "He is let in, and waits for a moderator. The channel has a card that says so.",
      about: "Tommy",
    },
    { kind: "wait", seconds: 4 },
    { kind: "say", text: "Isabelle is a moderator: when she joins, the call starts.", about: "Isabelle" },
    ...joins("Isabelle"),
    { kind: "say", text: "Compare the card with the room: they say the same.", about: "Isabelle" },
    { kind: "wait", seconds: 4 },
    { kind: "say", text: "Anybody in the channel can ask who is on, and who is missing.", about: "Isabelle" },
    { kind: "type", who: "Isabelle", text: "who" },
    { kind: "wait", seconds: 5 },
    { kind: "say", text: "Ten minutes later, they hang up.", about: "Isabelle" },
    { kind: "forward", seconds: 600 },
    { kind: "hang-up", who: "Tommy" },
    { kind: "wait", seconds: 2 },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "wait", seconds: 4 },
    { kind: "say", text: "The card has become the record of the call: how long it was, who came, and who never did." },
  ],
};
