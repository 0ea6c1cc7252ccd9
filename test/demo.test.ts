import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { pictureOf } from "../scripts/pictures.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TIMEOUT_MS = 60_000;

/** What has to be read in the transcript, in this order. */
const STORY = [
  "Isabelle ┆ /conf add Blathers +12025550113",
  "Added Blathers with +1 202 555 0113 as a participant.",
  "Added Mabel",
  "Added Tommy",
  "Isabelle's Slack profile has •••• 10. Add them with it?",
  "clicks [Add]",
  "☎ Tommy │ dials the line",
  "gets a text: Your Confline verification code is:",
  "hears “Please enter the 6-digit code we sent to your phone. Press star to get it again.”",
  "hears “Thank you, Tommy.”",
  "#town-hall ┃ town-hall Waiting for a moderator since 9:58 AM.",
  "hears “Please hold the line. The call starts when a moderator joins.”",
  "hears ♪ music",
  "☎ Isabelle │ dials the line",
  "(Tommy and Isabelle can hear each other.)",
  "Live since 9:59 AM. On the call (2)",
  "↳ Isabelle joined. The call started.",
  "☎ Somebody │ dials the line, with Mabel's number as caller ID",
  "☎ Mabel │ gets a text",
  "hears “That code is not right. You have 2 more tries.",
  "⚠️ A caller from Mabel's number (•••• 12) is failing to verify 1 wrong code, still trying",
  "hears “That code is not right. You have one more try.",
  "hears “Sorry, that code is not right either.",
  "A call from Mabel's number (•••• 12) failed to verify 3 wrong codes, no tries left",
  "Isabelle ┆ /conf who",
  "Isabelle · moderator · since 9:59 AM · the carrier vouches for the number",
  "Missing: Blathers, Mabel.",
  "☎ Isabelle │ hangs up",
  "No moderator is on: the call ends at",
  "☎ Tommy │ hears “The last moderator has left.",
  "☎ Tommy │ hangs up",
  "Over: 16 minutes, 9:59 AM to 10:15 AM.",
  "Mabel's number (3 wrong codes, no tries left)",
  "Never came: Blathers, Mabel.",
];

const running: { child: ChildProcess; folder: string }[] = [];

afterEach(async () => {
  for (const { child, folder } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
});

function startDemo(args: string[], env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "confline-demo-test-"));
  const child = spawn(process.execPath, ["--import", "tsx", "src/demo.ts", ...args], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], TMPDIR: folder, ...env },
  });
  running.push({ child, folder });
  let stdout = "";
  let stderr = "";
  const hearers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const hear of hearers) hear();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return {
    child,
    exited: once(child, "close").then(([code]: unknown[]) => code),
    stdout: () => stdout,
    stderr: () => stderr,
    leftBehind: () => readdirSync(folder).filter((name) => name.startsWith("confline")),
    /** The first match in what is printed, as soon as there is one. */
    printed: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = (): void => {
          const match = pattern.exec(stdout);
          if (match === null) return;
          hearers.delete(look);
          resolve(match);
        };
        hearers.add(look);
        look();
      }),
  };
}

/** The transcript as one line: no margins, no line breaks. */
function flowing(transcript: string): string {
  const lines = stripVTControlCharacters(transcript).split("\n");
  return lines
    .map((line) => line.trim().replace(/^[│┃┆] */, ""))
    .join(" ")
    .replaceAll(/ +/g, " ");
}

describe("the demo", () => {
  it("plays the story, ends by itself, and looks as in the README's picture", { timeout: TIMEOUT_MS }, async () => {
    const demo = startDemo(["--story"], { FORCE_COLOR: "1" });

    expect(await demo.exited).toBe(0);
    expect(demo.stderr()).toBe("");
    const told = flowing(demo.stdout());
    let from = 0;
    for (const sentence of STORY) {
      expect(told.slice(from)).toContain(sentence);
      from = told.indexOf(sentence, from) + sentence.length;
    }
    expect(demo.leftBehind()).toEqual([]);
    const picture = readFileSync(join(ROOT, "docs/demo.svg"), "utf8");
    expect(pictureOf(demo.stdout()) === picture, "docs/demo.svg is out of date: npm run pictures").toBe(true);
  });

  it("stays up without --story, as it says, until it is told to stop", { timeout: TIMEOUT_MS }, async () => {
    const demo = startDemo([]);
    const [, control = ""] = await demo.printed(/^control=(\S+)$/m);
    const [, press = "", mabel = ""] = await demo.printed(/\$control(\/phones\/(\S+)\/press) -H/);
    const [, typed = ""] = await demo.printed(/\$control\/slack\/command -H \S+ \\\n {2}-d '(.*)'/);
    await demo.printed(/Ctrl-C ends it\./);
    const beginning = demo.stdout();
    const post = async (path: string, body = "{}") => {
      const headers = { "content-type": "application/json" };
      const { status } = await fetch(`${control}${path}`, { method: "POST", headers, body });
      expect(status).toBe(200);
    };
    /** Does something that takes its time, and lets the time pass. */
    const quickly = (act: Promise<void>) => Promise.all([act, post("/clock/advance", '{"ms":10000}')]);

    await quickly(post(`/phones/${mabel}/dial`));
    const [, code = ""] = await demo.printed(/Ctrl-C[^]*code is: (\d{6})/);
    await quickly(post(press, JSON.stringify({ keys: code })));
    await demo.printed(/Ctrl-C[^]*hears “Thank you, Mabel\.”/);
    await quickly(post("/slack/command", typed));
    await demo.printed(/Ctrl-C[^]*\/conf who[^]*Waiting for a moderator since/);
    await quickly(post(`/phones/${mabel}/hang-up`));
    await demo.printed(/Ctrl-C[^]*Mabel │ hangs up/);

    expect(beginning).not.toContain("\u001B");
    demo.child.kill("SIGINT");
    expect(await demo.exited).toBe(0);
    expect(demo.stderr()).toBe("");
    expect(demo.leftBehind()).toEqual([]);
  });
});
