import { onTheRoster } from "./setting.ts";
import type { Step, Story } from "./story.ts";

/** Both reminders of the call on the Sunday so many days from the change of clocks. */
function reminders(days: number): Step[] {
  return [
    { kind: "watch", who: "Isabelle", where: "channel" },
    { kind: "go-to-change", who: "Isabelle", days, time: "09:20" },
    { kind: "wait", seconds: 6 },
    { kind: "watch", who: "Tommy", where: "direct" },
    { kind: "forward", seconds: 300 },
    { kind: "wait", seconds: 3 },
  ];
}

export const clocksChange: Story = {
  id: "clocks-change",
  title: "The clocks change",
  about: "A weekly call keeps its time in New York. In Paris, the clocks change on another day.",
  steps: [
    ...onTheRoster("Tommy"),
    { kind: "watch", who: "Isabelle", where: "channel" },
    { kind: "say", text: "Isabelle, in New York, schedules a call for every Sunday at 9:30." },
    { kind: "type", who: "Isabelle", text: "schedule every Sunday 9:30 for 1h Fishing tourney" },
    { kind: "wait", seconds: 2 },
    { kind: "click", who: "Isabelle", button: "Schedule", where: "channel" },
    { kind: "wait", seconds: 4 },
    {
      kind: "say",
      text: "To the week before New York's clocks change: the reminders say 9:30, and Paris time to Tommy.",
    },
    ...reminders(-7),
    { kind: "say", text: "Now the Sunday on which they change. The call is at 9:30 all the same…" },
    ...reminders(0),
    { kind: "say", text: "… and for Tommy, whose clocks change on another Sunday, it has moved by an hour." },
    { kind: "wait", seconds: 2 },
    { kind: "watch", who: "Isabelle", where: "channel" },
    { kind: "say", text: "That was to be seen. Isabelle cancels the series, and everybody is told once." },
    { kind: "type", who: "Isabelle", text: "upcoming" },
    { kind: "type", who: "Isabelle", text: "cancel {#Fishing tourney}" },
    { kind: "wait", seconds: 2 },
    { kind: "click", who: "Isabelle", button: "The whole series", where: "channel" },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "The invitation says so, too." },
  ],
};
