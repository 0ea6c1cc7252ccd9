import { spawn } from "node:child_process";

/** The program that opens an address on this desktop; null where there is none, or nobody to see it. */
export function opener({ platform, env }: { platform: NodeJS.Platform; env: NodeJS.ProcessEnv }): string | null {
  if (env["CI"]) return null;
  if (platform === "darwin") return "open";
  if (platform === "win32") return "explorer.exe";
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? "xdg-open" : null;
}

/** Opens an address, or does nothing: it is printed as well. @returns whether something was started */
export function openInBrowser(url: string): boolean {
  const { platform, env } = process;
  const program = opener({ platform, env });
  if (program === null) return false;
  const child = spawn(program, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
  return true;
}
