import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import express, { type Response } from "express";

const sources = new URL("../../src/simulator/page/", import.meta.url);
const compiled = new URL("../../dist/simulator/", import.meta.url);
const litHtml = new URL("../", `file://${createRequire(import.meta.url).resolve("lit-html")}`);

/** The page itself, and the parts of the Slack half that it shows texts with. */
const MODULES = /^\/(?:page\/[\w/-]+|slack\/(?:emoji|json|render-date|render-text))\.js$/;

/** A page to use the simulator with, a client of the control API like any other. */
export function pageRouter(): express.Router {
  const router = express.Router();
  const options = { index: false, cacheControl: false, redirect: false };
  router.get("/", (_req, res) => {
    const html = readFileSync(new URL("index.html", sources), "utf8");
    protect(res, html).type("html").send(html);
  });
  router.use("/page/lit-html", express.static(fileURLToPath(litHtml), { ...options, extensions: ["js"] }));
  router.use("/page/styles", express.static(fileURLToPath(new URL("styles/", sources)), options));
  router.get("/page/icon.svg", (_req, res) => res.sendFile(fileURLToPath(new URL("icon.svg", sources))));
  router.use("/page", (req, res, next) => {
    if (!MODULES.test(req.path)) return next();
    res.sendFile(fileURLToPath(new URL(`.${req.path}`, compiled)), { cacheControl: false }, (error) => {
      if (error && !res.headersSent) notCompiled(res, req.path);
    });
  });
  return router;
}

/** Nothing from elsewhere, no inline script but the import map, and no markup made from text. */
function protect(res: Response, html: string): Response {
  const [, importMap = ""] = /<script type="importmap">([^]*?)<\/script>/.exec(html) ?? [];
  const hash = createHash("sha256").update(importMap).digest("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ];
  return res.set({
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  });
}

function notCompiled(res: Response, path: string): void {
  res.status(404).type("text").send(`${path} is not there: compile the page with "npx tsc -p src/simulator/page"\n`);
}
