import { joins, onTheRoster } from "./setting.ts";
import type { Story } from "./story.ts";

export const droppedModerator: Story = {
  id: "dropped-moderator",
  title: "A moderator's phone drops",
  about: "The call goes on for a minute without its moderator, who comes back in time.",
  steps: [
    ...onTheRoster("Tommy"),
    { kind: "say", text: "Tommy and Isabelle dial in, and are on a call.", about: "Tommy" },
    ...joins("Tommy"),
    ...joins("Isabelle"),
    { kind: "say", text: "Isabelle drives into a tunnel, and her phone drops.", about: "Isabelle" },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "wait", seconds: 4 },
    {
      kind: "say",
      text: "Tommy is told, and the card says when the call would end without a moderator.",
      about: "Tommy",
    },
    { kind: "wait", seconds: 6 },
    { kind: "say", text: "Out of the tunnel, she dials in again, with a new code.", about: "Isabelle" },
    ...joins("Isabelle"),
    { kind: "wait", seconds: 3 },
    {
      kind: "say",
      text: "A moderator is back within the minute, so the call goes on. It is still the same card.",
      about: "Tommy",
    },
    { kind: "wait", seconds: 5 },
    { kind: "hang-up", who: "Tommy" },
    { kind: "hang-up", who: "Isabelle" },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "Everybody has hung up. It was one call: the record has Isabelle once." },
  ],
};
