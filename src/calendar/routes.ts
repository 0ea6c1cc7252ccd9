import { type Response, Router } from "express";
import type { Line } from "../operations/line.ts";
import { readCalendar } from "../operations/read-calendar.ts";
import { makeRenderer } from "./renderer.ts";

const ADDRESS = /^\/([A-Za-z0-9_-]{43})(?:\/([\w-]{1,40}))?\.ics$/;

/**
 * Calendars, for whoever knows their address. What is at no address, in whatever way, is told in one way.
 *
 * Comes before all else that could tell of a request: the address is a secret, and nothing here writes it down.
 */
export function calendarRoutes(line: Line, publicUrl: string): Router {
  const teller = { phoneNumber: line.phoneNumber, host: new URL(publicUrl).hostname };
  const render = makeRenderer(teller, line.clock.now);
  const router = Router();
  router.use((req, res, next) => {
    res.set({ "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex" });
    if (req.method === "GET" || req.method === "HEAD") next();
    else res.status(405).set("Allow", "GET, HEAD").end();
  });
  router.get(ADDRESS, async (req, res) => {
    const { 0: token = "", 1: seriesId } = req.params;
    const calendar = await readCalendar(line, token, seriesId ?? null);
    if (calendar === null) return tellNothing(res);
    const { text, etag } = render(calendar);
    res.set({
      "Cache-Control": "private, no-cache",
      "Content-Disposition": `inline; filename="${seriesId === undefined ? "calls" : "call"}.ics"`,
      ETag: etag,
    });
    res.type("text/calendar; charset=utf-8").send(text);
  });
  router.use((_req, res) => tellNothing(res));
  return router;
}

function tellNothing(res: Response): void {
  res.status(404).set("Cache-Control", "no-store").end();
}
