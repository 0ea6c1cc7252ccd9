import { DISPROVED, onTheRoster } from "./setting.ts";
import type { Story } from "./story.ts";

export const spoofedCaller: Story = {
  id: "spoofed-caller",
  title: "A spoofed caller",
  about: "Somebody calls with Mabel's number as caller ID, and guesses codes.",
  steps: [
    ...onTheRoster("Mabel"),
    {
      kind: "say",
      text: "Somebody dials in with Mabel's number as caller ID. That is easy to forge.",
      about: "Somebody",
    },
    { kind: "dial", who: "Somebody", callerId: "Mabel", verdict: DISPROVED },
    { kind: "wait", seconds: 1 },
    { kind: "say", text: "But the code is texted to Mabel's own phone, so the caller can only guess.", about: "Mabel" },
    { kind: "wait", seconds: 2 },
    { kind: "press", who: "Somebody", keys: "123456" },
    { kind: "wait", seconds: 2 },
    { kind: "say", text: "The channel is warned at the first wrong code.", about: "Somebody" },
    { kind: "press", who: "Somebody", keys: "000000" },
    { kind: "wait", seconds: 2 },
    { kind: "press", who: "Somebody", keys: "112233" },
    { kind: "wait", seconds: 3 },
    {
      kind: "say",
      text: "Three wrong codes end the call. The alert says whom they claimed to be, and what the carrier said of it.",
      about: "Somebody",
    },
    { kind: "wait", seconds: 3 },
    { kind: "say", text: "Nobody got in, and moderators can look up later what happened.", about: "Isabelle" },
    { kind: "type", who: "Isabelle", text: "log 5" },
    { kind: "wait", seconds: 5 },
    { kind: "prepare", who: "Isabelle", text: "reset @Mabel" },
    { kind: "say", text: "Ten such failures would lock Mabel's number for an hour. A moderator can reset that." },
  ],
};
