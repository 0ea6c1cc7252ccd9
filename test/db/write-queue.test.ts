import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { writeQueue } from "../../src/db/write-queue.ts";
import { inTurns } from "../../src/http-server.ts";

describe("the write queue", () => {
  let folder: string;
  let connection: Sqlite.Database;
  let outside: Sqlite.Database;
  let queue: ReturnType<typeof writeQueue>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "confline-queue-"));
    connection = new Sqlite(join(folder, "confline.db"));
    connection.pragma("journal_mode = WAL");
    connection.exec("create table parents (id integer primary key)");
    connection.exec("create table notes (id integer references parents deferrable initially deferred, word text)");
    outside = new Sqlite(join(folder, "confline.db"), { readonly: true });
    queue = writeQueue(connection);
  });

  afterEach(() => {
    outside.close();
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const note = (word: string, parent: number | null = null) =>
    connection.prepare("insert into notes (id, word) values (?, ?)").run(parent, word);
  const noted = () => outside.prepare("select word from notes order by rowid").pluck().all();

  it("commits together what waits together, and tells nobody before it is on the disk", async () => {
    const seenOutside: unknown[] = [];
    const writes = ["one", "two", "three"].map(async (word) => {
      await queue.write(async () => {
        seenOutside.push(noted());
        note(word);
      });
      return noted();
    });

    expect(await Promise.all(writes)).toEqual(Array.from({ length: 3 }, () => ["one", "two", "three"]));
    expect(seenOutside).toEqual([[], [], []]);
  });

  it("waits for those who are begun in the next turns, until one brings nobody", async () => {
    const seenOutside: unknown[] = [];
    const writes: Promise<void>[] = [];
    const begin = inTurns((word: string) => {
      const write = queue.write(async () => {
        seenOutside.push(noted());
        note(word);
      });
      writes.push(write);
    }, 1);

    for (const word of ["one", "two", "three"]) begin(word);
    await writes[0];
    await Promise.all(writes);

    expect(noted()).toEqual(["one", "two", "three"]);
    expect(seenOutside).toEqual([[], [], []]);
  });

  it("lets no crowd that goes on coming keep the first one waiting", async () => {
    let hasBegun = false;
    const first = queue.write(async () => {
      hasBegun = true;
    });
    const others: Promise<void>[] = [];
    for (; !hasBegun && others.length < 10_000; await new Promise((resolve) => setImmediate(resolve))) {
      others.push(queue.write(async () => undefined));
    }
    await Promise.all([first, ...others]);

    expect(others.length).toBeLessThan(20);
  });

  it("undoes one that fails, and none beside it", async () => {
    const outcomes = await Promise.allSettled([
      queue.write(async () => note("before")),
      queue.write(async () => {
        note("failed");
        throw new Error("boom");
      }),
      queue.write(async () => note("after")),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(noted()).toEqual(["before", "after"]);
  });

  it.each([
    ["the commit fails", () => note("orphan", 404)],
    ["SQLite undoes everything at an error of the disk", () => connection.exec("ROLLBACK; select no_such_thing")],
  ])("keeps nothing and tells everybody when %s, and goes on", async (_, fail) => {
    connection.pragma("foreign_keys = ON");
    const together = await Promise.allSettled([
      queue.write(async () => note("before")),
      queue.write(async () => fail()),
      queue.write(async () => note("after")),
    ]);
    await queue.write(async () => note("later"));

    expect(together.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(noted()).toEqual(["later"]);
  });

  it("tells everybody when not even undoing works, and goes on once it does", async () => {
    connection.pragma("foreign_keys = ON");
    const { run } = connection.prepare("ROLLBACK");
    let failures = 1;
    // All statements share one prototype, where `run` is found.
    const statements = Object.getPrototypeOf(connection.prepare("ROLLBACK")) as Sqlite.Statement;
    const broken = vi.spyOn(statements, "run").mockImplementation(function (this: Sqlite.Statement, ...values) {
      if (this.source === "ROLLBACK" && (failures -= 1) >= 0) throw new Error("disk I/O error");
      return run.apply(this, values);
    });
    onTestFinished(() => broken.mockRestore());

    const outcomes = [];
    for (const parent of [404, null, null]) {
      const write = queue.write(async () => note("word", parent));
      outcomes.push(
        await write.then(
          () => "done",
          () => "failed",
        ),
      );
    }

    expect(outcomes).toEqual(["failed", "failed", "done"]);
    expect(noted()).toEqual(["word"]);
  });
});
