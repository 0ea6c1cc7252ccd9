import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { aWorld, PEOPLE, type World } from "../support/confline.ts";
import { codeFor, lastSaid, whoIsIn } from "../support/telephone.ts";

const { isabelle, mabel, tommy } = PEOPLE;
const APOLOGY = "Sorry, something went wrong on our side. Please call again in a minute. Good-bye.";

/** A world, and the connection by which the service in it writes. */
async function aWorldAndItsWriter(): Promise<{ world: World; writer: Sqlite.Database }> {
  const opened = vi.spyOn(Sqlite.prototype, "pragma");
  const world = await aWorld();
  const writer = opened.mock.contexts.find((_, index) => opened.mock.calls[index]?.[0] === "journal_mode = WAL");
  opened.mockRestore();
  if (!(writer instanceof Sqlite)) throw new Error("nobody opened a file to write");
  await world.setUp();
  return { world, writer };
}

/** Lets the file grow no further, and takes what room is left in it. */
function fill(writer: Sqlite.Database): void {
  const rival = new Sqlite(writer.name);
  rival.exec("create table filler (x); insert into filler values (zeroblob(100000)); drop table filler");
  rival.close();
  writer.exec("vacuum");
  writer.pragma(`max_page_count = ${Number(writer.pragma("page_count", { simple: true }))}`);
}

describe("F18: a full disk", () => {
  it("is apologised for, lets nobody in, and is over without a restart", async () => {
    const { world, writer } = await aWorldAndItsWriter();
    const asked = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);
    fill(writer);

    const heard = [];
    for (let calls = 0; calls < 40; calls += 1) {
      const call = await world.sim.twilio.phone(`+1202555${3000 + calls}`).dial({ from: tommy.number });
      heard.push(lastSaid(call));
      if (call.state() !== "ended") await call.hangUp();
    }
    expect(heard).toContain(APOLOGY);
    await asked.press(code);
    expect(whoIsIn(world)).toEqual([]);
    expect(asked.state()).toBe("ended");
    expect(world.logLines.join("\n")).toMatch(/a webhook failed/);

    writer.pragma("max_page_count = 1000000");
    await world.pass(90_000);
    expect((await world.join(isabelle.number)).state()).toBe("waiting-in-conference");
  });
});

describe("F18: a disk that fails", () => {
  it.each(["COMMIT", "SAVEPOINT one_write"])("at %s is apologised for, and is over without a restart", async (at) => {
    // The statements are prepared when the file is opened.
    let isBroken = false;
    const prepare = Sqlite.prototype.prepare;
    const spied = vi.spyOn(Sqlite.prototype, "prepare").mockImplementation(function (this: Sqlite.Database, sql) {
      const statement = prepare.call(this, sql);
      if (sql !== at) return statement;
      const run = (): Sqlite.RunResult =>
        prepare.call<Sqlite.Database, [string], Sqlite.Statement<[]>>(this, sql).run();
      statement.run = () => {
        if (isBroken) throw new Sqlite.SqliteError("disk I/O error", "SQLITE_IOERR_WRITE");
        return run();
      };
      return statement;
    });
    onTestFinished(() => spied.mockRestore());
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);

    isBroken = true;
    await call.press(code);
    const another = await world.sim.twilio.phone(tommy.number).dial();
    expect([lastSaid(call), lastSaid(another)]).toEqual([APOLOGY, APOLOGY]);
    expect(whoIsIn(world)).toEqual([]);

    isBroken = false;
    await world.pass(90_000);
    expect((await world.join(isabelle.number)).state()).toBe("waiting-in-conference");
  });
});
