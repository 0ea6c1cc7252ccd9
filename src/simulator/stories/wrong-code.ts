import { onTheRoster, VOUCHED } from "./setting.ts";
import type { Story } from "./story.ts";

export const wrongCode: Story = {
  id: "wrong-code",
  title: "A wrong code",
  about: "Mabel mistypes her code. The channel is warned, and learns that it was harmless.",
  steps: [
    ...onTheRoster("Mabel"),
    { kind: "say", text: "Mabel dials in, and mistypes the code.", about: "Mabel" },
    { kind: "dial", who: "Mabel", verdict: VOUCHED },
    { kind: "wait", seconds: 2 },
    { kind: "press", who: "Mabel", keys: "123456" },
    { kind: "wait", seconds: 3 },
    {
      kind: "say",
      text: "She hears how many tries are left. The channel hears of it, too, while she is still trying.",
      about: "Mabel",
    },
    { kind: "wait", seconds: 4 },
    { kind: "say", text: "She reads the text message again, and keys the right code.", about: "Mabel" },
    { kind: "press", who: "Mabel", keys: "texted" },
    { kind: "wait", seconds: 4 },
    {
      kind: "say",
      text: "She is in, and the warning has become a note: one wrong code, then the right one.",
      about: "Mabel",
    },
    { kind: "wait", seconds: 4 },
    { kind: "hang-up", who: "Mabel" },
    { kind: "wait", seconds: 2 },
    { kind: "say", text: "No moderator came, so the call never started: its card says that as well." },
  ],
};
