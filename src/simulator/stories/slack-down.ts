import { joins, onTheRoster } from "./setting.ts";
import type { Story } from "./story.ts";

export const slackDown: Story = {
  id: "slack-down",
  title: "Slack is down during a call",
  about: "The call goes on, and the channel is told everything once Slack is back.",
  steps: [
    ...onTheRoster("Tommy", "Mabel"),
    { kind: "say", text: "Tommy and Isabelle dial in, and are on a call.", about: "Tommy" },
    ...joins("Tommy"),
    ...joins("Isabelle"),
    { kind: "say", text: "Now Slack goes down.", about: "Tommy" },
    { kind: "switch", id: "slack-down", isOn: true },
    { kind: "say", text: "Mabel dials in as if nothing had happened: the telephone needs no Slack.", about: "Mabel" },
    ...joins("Mabel"),
    { kind: "hang-up", who: "Tommy" },
    { kind: "wait", seconds: 2 },
    { kind: "say", text: "Mabel is in the room and Tommy has left it, but the card cannot say so.", about: "Mabel" },
    { kind: "wait", seconds: 5 },
    {
      kind: "say",
      text: "Slack comes back. What was owed to the channel is delivered, nothing twice.",
      about: "Mabel",
    },
    { kind: "switch", id: "slack-down", isOn: false },
    { kind: "forward", seconds: 60 },
    { kind: "wait", seconds: 5 },
    { kind: "say", text: "Card and room agree again.", about: "Mabel" },
    { kind: "wait", seconds: 4 },
    { kind: "hang-up", who: "Mabel" },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "Everybody has hung up, and the record is complete." },
  ],
};
