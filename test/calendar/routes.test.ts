import { once } from "node:events";
import { createServer, get as httpGet, type IncomingMessage, type Server } from "node:http";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarRoutes } from "../../src/calendar/routes.ts";
import { makeCalendarUrls } from "../../src/calendar/urls.ts";
import { insertSeries, putException, updateSeries } from "../../src/db/series.ts";
import { calendarAddress } from "../../src/operations/calendar-address.ts";
import { renewCalendar } from "../../src/operations/renew-calendar.ts";
import { showLog } from "../../src/operations/show-log.ts";
import { aRequest, aScene } from "../operations/scene.ts";
import { aConference, anActor, aPerson, DAY, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { PUBLIC_URL } from "../support/confline.ts";
import { aSeries, anException } from "./scheduled.ts";

const isabelle = aPerson({ id: "isabelle", name: "Isabelle", slackUserId: "U0ISABELLE", role: "moderator" });
const mabel = aPerson({ phoneNumber: null });

describeOnBoth("the address of a calendar", (databases) => {
  let scene: ReturnType<typeof aScene>;
  let server: Server;
  let origin: string;
  let token: string;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, mabel);
    await sow(db, aConference({ id: "conf-dev", channelId: "C0DEV" }));
    scene = aScene(db);
    await db.write(async (tx) => {
      await insertSeries(tx, aSeries({ id: "weekly", number: 1, title: "Weekly" }));
      await insertSeries(tx, aSeries({ id: "once", number: 2, title: "Once", rule: null, createdAt: NOON + 1 }));
      await insertSeries(tx, aSeries({ id: "elsewhere", conferenceId: "conf-dev", title: "Elsewhere" }));
      await putException(tx, "T0EXAMPLE1", anException("2026-12-01", { seriesId: "weekly", title: "Longer" }));
    });
    token = (await calendarAddress(scene.line, "C0OPS")) ?? "";
    server = createServer(express().use("/calendar", calendarRoutes(scene.line, PUBLIC_URL)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  const get = (path: string, init?: RequestInit) => fetch(`${origin}/calendar/${path}`, init);
  const titlesAt = async (path: string) =>
    [...(await (await get(path)).text()).matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title);
  const change = (seriesId: string, changes: Parameters<typeof updateSeries>[2]) =>
    scene.db.write((tx) => updateSeries(tx, seriesId, changes));

  it("holds all calls of the channel, or one of them", async () => {
    const answer = await get(`${token}.ics`);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    expect(await answer.text()).toMatch(/^NAME:Calls of ops\r$/m);
    expect(await titlesAt(`${token}.ics`)).toEqual(["Weekly", "Longer", "Once"]);
    expect(await titlesAt(`${token}/weekly.ics`)).toEqual(["Weekly", "Longer"]);
    expect(await titlesAt(`${token}/once.ics`)).toEqual(["Once"]);
  });

  it("tells nobody's name or number but the line's", async () => {
    const text = await (await get(`${token}.ics`)).text();

    expect(text).not.toMatch(/Isabelle|Mabel|U0|0112|C0OPS|T0EXAMPLE1/);
    expect(text.match(/\+\d{7,}/g)).toEqual(expect.arrayContaining(["+12025550190"]));
    expect(new Set(text.match(/\+\d{7,}/g)).size).toBe(1);
  });

  it("is unguessable, and made once", async () => {
    const asked = await Promise.all([1, 2, 3].map(() => calendarAddress(scene.line, "C0OPS")));

    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(asked).toEqual([token, token, token]);
    expect(await calendarAddress(scene.line, "C0HALL")).toBeNull();
  });

  it("is found by people in the channel", () => {
    const urls = makeCalendarUrls(PUBLIC_URL);

    expect(urls.subscription("TOKEN")).toBe("webcal://line.example.org/calendar/TOKEN.ics");
    expect(urls.file("TOKEN", "ID")).toBe("https://line.example.org/calendar/TOKEN/ID.ics");
  });

  it("answers for what is at no address in one way", async () => {
    const other = token.replace(/^./, token.startsWith("A") ? "B" : "A");
    const paths = [
      ...[
        `${other}.ics`,
        `${other}/weekly.ics`,
        `${token}/1.ics`,
        `${token}/Weekly.ics`,
        `${token}/elsewhere.ics`,
        `${token}/${"x".repeat(41)}.ics`,
      ],
      ...[token, `${token}/1`, `${token}x.ics`, `${token.slice(1)}.ics`, `${token}.ics/`, "", "%00.ics", "%FF.ics"],
      ...[`${token}%0A.ics`, `${token.toLowerCase()}.ics`, `${token}/%2e.ics`, `${token}/once/1.ics`, "..%2f..%2f.env"],
    ];
    const answers = await Promise.all(
      paths.map(async (path) => {
        const answer = await get(path);
        const headers = [...answer.headers].filter(([name]) => name !== "date");
        return { path, status: answer.status, headers, body: await answer.text() };
      }),
    );

    const [first] = answers;
    expect(first).toMatchObject({ status: 404, body: "" });
    expect(answers).toEqual(paths.map((path) => ({ ...first, path })));
  });

  it("is read, and nothing else", async () => {
    const head = await get(`${token}.ics`, { method: "HEAD" });
    const others = await Promise.all(
      ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"].map((method) => get(`${token}.ics`, { method })),
    );

    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("etag")).not.toBeNull();
    expect(others.map(({ status }) => status)).toEqual([405, 405, 405, 405, 405, 405]);
    expect(await Promise.all(others.map((answer) => answer.text()))).toEqual(["", "", "", "", "", ""]);
  });

  it("spares those who come again, until something has changed", async () => {
    const etag = (await get(`${token}.ics`)).headers.get("etag") ?? "";
    // Not by fetch, which asks for a fresh answer then.
    const ask = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const answered = (answer: IncomingMessage) => resolve(answer.resume().statusCode);
        httpGet(`${origin}/calendar/${token}.ics`, { headers: { "if-none-match": etag } }, answered).on(
          "error",
          reject,
        );
      });
    await scene.clock.advance(60_000);
    const again = await ask();
    await change("once", { title: "Twice", sequence: 1 });

    expect(again).toBe(304);
    expect(await ask()).toBe(200);
  });

  it("holds what is over or cancelled for 30 days more", async () => {
    await change("weekly", { cancelledAt: NOON, finishedAt: NOON, sequence: 2 });
    await scene.clock.advance(30 * DAY - 1);
    const kept = await (await get(`${token}/weekly.ics`)).text();
    await scene.clock.advance(1);

    expect(kept).toMatch(/SEQUENCE:2\r[\s\S]*STATUS:CANCELLED/);
    expect((await get(`${token}/weekly.ics`)).status).toBe(404);
    expect(await titlesAt(`${token}.ics`)).toEqual(["Once"]);
  });

  it("of a call stays that call's, though another has its number now", async () => {
    await change("once", { finishedAt: NOON });
    await scene.db.write((tx) => insertSeries(tx, aSeries({ id: "new", number: 2, title: "New", rule: null })));

    expect(await titlesAt(`${token}/once.ics`)).toEqual(["Once"]);
    expect(await titlesAt(`${token}/new.ics`)).toEqual(["New"]);
  });

  describe("that a moderator renews", () => {
    it("is another, and the one before is nobody's", async () => {
      const renewed = await renewCalendar(scene.line, aRequest());

      const next = renewed.kind === "renewed" ? renewed.token : "";
      expect(next).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect((await get(`${token}.ics`)).status).toBe(404);
      expect((await get(`${token}/weekly.ics`)).status).toBe(404);
      expect((await get(`${next}.ics`)).status).toBe(200);
      expect(await calendarAddress(scene.line, "C0OPS")).toBe(next);
    });

    it("is told in the log, without saying it", async () => {
      await renewCalendar(scene.line, aRequest());

      const log = await showLog(scene.line, { ...aRequest(), count: 5 });
      expect(JSON.stringify(log)).toMatch(/the calendar's address/);
      expect(JSON.stringify(log)).not.toContain((await calendarAddress(scene.line, "C0OPS")) ?? "no address");
    });

    it("stays as it is when somebody else tries", async () => {
      const actor = anActor({ userId: "U0MABEL", name: "Mabel" });

      expect(await renewCalendar(scene.line, { ...aRequest(), actor })).toMatchObject({ kind: "denied" });
      expect((await get(`${token}.ics`)).status).toBe(200);
    });
  });
});
