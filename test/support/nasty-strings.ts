/** What Slack would make an entity, a link, a mention, an emoji or a format of, if it came out of `escape`. */
export const MARKUP =
  /[<>]|&(?!(?:amp|lt|gt);)|[*_~`\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]|\p{Surrogate}|[:@#][^\s:]+:|[@#]\w|:\/\/|\w\.\w|^&gt;/u;

const payloads = [
  ...[
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "<!subteam^S0TEAM|@nooks>",
    "<@U0MABEL>",
    "<@U0MABEL|mabel>",
    "<#C0ENG|eng>",
  ],
  ...["<https://evil.example|click me>", "<mailto:a@evil.example|mail>", "<tel:+18005|call>", "<!date^0^{date}|x>"],
  ...["https://evil.example/path?q=1", "http://127.0.0.1:80", "www.evil.example", "evil.example", "ftp://evil.example"],
  ...[
    "slack://open",
    "javascript:alert(1)",
    "mail@evil.example",
    "@channel",
    "@here",
    "@everyone",
    "@mabel",
    "#general",
  ],
  ...["*bold*", "_italic_", "~strike~", "`code`", "```block```", "> quote", ">>> quotes", "&gt; quote", "*_~`all`~_*"],
  ...[
    ":skull:",
    ":+1::skin-tone-2:",
    "::",
    ":a:b:c:",
    "a:skull",
    "skull:b",
    "&lt;!channel&gt;",
    "&amp;lt;!here&amp;gt;",
  ],
  ...["&", "&&", "&#60;!channel&#62;", "&quot;", "<", ">", "<<>>", "<@", "<!", "|", "^", "\\<!channel\\>"],
  ...[
    "\u202E<!channel>\u202C",
    "\u2066@here\u2069",
    "\u200B*bold*\u200B",
    "*\u2060bold\u2060*",
    "\uFEFF_x_",
    "\uD800",
    "\uDC00<",
  ],
];

const frames: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `Tom ${payload} Nook`,
  (payload) => `Tom\n${payload}\r\nNook`,
  (payload) => `${payload}${payload}`,
];

/** Names and titles that somebody might give themselves to make a message say more than a name. */
export const nastyStrings: readonly string[] = payloads.flatMap((payload) => frames.map((frame) => frame(payload)));
