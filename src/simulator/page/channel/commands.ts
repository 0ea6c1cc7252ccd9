/** What can be typed after /conf, for completion. The app itself has the last word. */
export type Command = { word: string; usage: string; does: string };

export const commands: readonly Command[] = [
  { word: "add", usage: "@someone +18005554321 [moderator]", does: "Put somebody on the roster" },
  { word: "remove", usage: "@someone", does: "Take them off it, and off the call" },
  { word: "list", usage: "", does: "Show the roster" },
  { word: "who", usage: "", does: "Show who is on the line" },
  { word: "moderator", usage: "@someone", does: "Make them a moderator" },
  { word: "participant", usage: "@someone", does: "Make them a participant" },
  { word: "reset", usage: "@someone", does: "Unlock them after too many wrong codes" },
  { word: "set", usage: "grace 90 | alerts here", does: "Change a setting" },
  { word: "settings", usage: "", does: "Show the settings" },
  { word: "log", usage: "[25]", does: "Show the last events" },
  { word: "help", usage: "", does: "Show what you can do" },
];
