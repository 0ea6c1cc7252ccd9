import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, OPS, PEOPLE } from "../support/confline.ts";
import { whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const MUSIC = "♪ https://line.example.org/assets/hold-music.wav";

describe.each(DIALECTS)("a session, on %s", (dialect) => {
  it("starts with a moderator; until then the others wait with music and hear every 30 s why", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const why = "Please hold the line. The call starts when a moderator joins.";

    const tommys = await world.join(tommy.number);
    const mabels = await world.join(mabel.number);
    expect(tommys.heard().slice(2)).toEqual([why, MUSIC]);
    await world.pass(60_000);
    expect(tommys.heard().slice(2)).toEqual([why, MUSIC, why, MUSIC, why, MUSIC]);
    expect([tommys, mabels].map((call) => call.state())).toEqual(["waiting-in-conference", "waiting-in-conference"]);
    expect(await world.conf(isabelle.id, "who")).toMatch(/Waiting \(2\)/);

    const isabelles = await world.join(isabelle.number);

    expect([tommys, mabels, isabelles].map((call) => call.state())).toEqual(Array(3).fill("in-conference"));
    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(3\)/);
  });

  it("has a moderator who is the first one in wait for somebody, not for themselves", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const isabelles = await world.join(isabelle.number);

    expect(isabelles.heard()).toContain("You are the first one here. The call starts when somebody else joins.");
  });

  it("starts with two when no moderator of the roster has a number", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`);
    await world.conf(isabelle.id, `add @mabel ${mabel.number}`);

    const tommys = await world.join(tommy.number);
    expect(tommys.state()).toBe("waiting-in-conference");
    expect(tommys.heard()).toContain("You are the first one here. The call starts when somebody else joins.");
    const mabels = await world.join(mabel.number);

    expect([tommys, mabels].map((call) => call.state())).toEqual(["in-conference", "in-conference"]);
    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(2\)/);
  });

  it("is over when the last one hangs up; the next caller opens a new one in a new room", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const [tommys, isabelles] = [await world.join(tommy.number), await world.join(isabelle.number)];
    await world.pass(5000);

    await isabelles.hangUp();
    await tommys.hangUp();
    await world.pass(10_000);
    expect(await world.conf(isabelle.id, "who")).toMatch(/Nobody is on the line/);
    expect(world.channel().join("\n")).toMatch(/^ops\nOver: /);
    await world.join(mabel.number);
    await world.pass(5000);

    const rooms = world.sim.twilio.conferences();
    expect(rooms.map(({ status }) => status)).toEqual(["completed", "init"]);
    expect(new Set(rooms.map(({ name }) => name)).size).toBe(2);
    expect(new Set(rooms.map(({ sid }) => sid)).size).toBe(2);
  });
});

describe.each(DIALECTS)("who waits, on %s", (dialect) => {
  it("is in as soon as they are made a moderator, without dialling again", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const tommys = await world.join(tommy.number);
    const mabels = await world.join(mabel.number);

    await world.conf(isabelle.id, "moderator @tommy");
    await world.pass(5000);

    expect([tommys, mabels].map((call) => call.state())).toEqual(["in-conference", "in-conference"]);
    expect(tommys.heard().filter((sentence) => sentence.startsWith("Thank you"))).toHaveLength(1);
    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(2\)/);
  });

  it("alone as a moderator hears music, and is shown as on the call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const isabelles = await world.join(isabelle.number);

    expect(isabelles.state()).toBe("waiting-in-conference");
    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(1\)/);
  });

  it("may hang up: the session is over", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.join(tommy.number);

    await call.hangUp();
    await world.pass(5000);

    expect(await world.conf(isabelle.id, "who")).toMatch(/Nobody is on the line/);
  });

  it("hears the music of `WAIT_MUSIC_URL` where there is one", async () => {
    const world = await aWorld(dialect, { WAIT_MUSIC_URL: "https://music.example.org/loop.mp3" });
    await world.setUp();

    // The simulated network reaches no such host: its caller is told what is played, and nothing more.
    const call = await world.join(tommy.number);
    await world.pass(0);

    expect(call.heard()).toContain("♪ https://music.example.org/loop.mp3");
  });
});

describe.each(DIALECTS)("the music, on %s", (dialect) => {
  it("is a sound that anybody may GET, and no secret", async () => {
    const world = await aWorld(dialect);

    const response = await fetch(`${world.app.url}/assets/hold-music.wav`);

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^audio\/(x-)?wav|^audio\/vnd\.wave/);
    expect(response.headers.get("cache-control")).toMatch(/max-age=\d+/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe("RIFF");
    expect(bytes.subarray(8, 12).toString()).toBe("WAVE");
  });

  it("lasts as long as leaves room for a word every 30 s", async () => {
    const world = await aWorld(dialect);
    const response = await fetch(`${world.app.url}/assets/hold-music.wav`);
    const bytes = Buffer.from(await response.arrayBuffer());

    const bytesPerSecond = bytes.readUInt32LE(28);
    const seconds = (bytes.length - 44) / bytesPerSecond;

    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThan(30);
  });
});

describe.each(DIALECTS)("a room, on %s", (dialect) => {
  it("has a name and labels that tell nothing of anybody, and no two alike", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (const { number } of [isabelle, tommy, mabel, blathers]) await world.join(number);

    const [room] = world.sim.twilio.conferences();
    const labels = room?.participants.map(({ label }) => label) ?? [];

    expect(whoIsIn(world)[0]).toHaveLength(4);
    expect(new Set(labels).size).toBe(4);
    for (const text of [room?.name, ...labels]) {
      expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(text).not.toMatch(new RegExp(`${OPS}|ops|isabelle|tommy|5550`, "i"));
    }
  });
});
