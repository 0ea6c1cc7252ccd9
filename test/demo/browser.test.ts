import { expect, it } from "vitest";
import { opener } from "../../src/demo/browser.ts";

it.each([
  ["linux", { DISPLAY: ":0" }, "xdg-open"],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, "xdg-open"],
  ["linux", {}, null],
  ["linux", { DISPLAY: ":0", CI: "true" }, null],
  ["darwin", {}, "open"],
  ["darwin", { CI: "true" }, null],
  ["win32", {}, "explorer.exe"],
] as const)("on %s with %j the demo's page is opened by %s", (platform, env, program) => {
  expect(opener({ platform, env })).toBe(program);
});
