import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { AppError } from "../src/errors.ts";
import { makeLog } from "../src/log.ts";

/** What must never get out: a number, a code, a token, a header. */
const CANARIES = ["+12025550112", "471100", "test-auth-token-not-real", "QUMwMDA6c2VjcmV0"];

function logged(error: unknown): { text: string; line: Record<string, unknown> } {
  const lines: string[] = [];
  makeLog("info", (line) => lines.push(line)).error("it broke", error, { callSid: "CA1" });
  const text = lines.join("");
  // What pino writes is one object.
  return { text, line: JSON.parse(text) as Record<string, unknown> };
}

/** As Twilio's and Slack's clients throw them: the whole request hangs on the error. */
function axiosLikeError(): Error {
  const request = {
    url: "https://verify.twilio.com/v2/VerificationCheck",
    headers: { Authorization: "Basic QUMwMDA6c2VjcmV0" },
    data: "To=%2B12025550112&Code=471100",
  };
  return Object.assign(new Error("Request failed for +12025550112 with code 471100"), {
    code: "ECONNRESET",
    config: request,
    request,
    response: { config: request, data: { to: "+12025550112", token: "test-auth-token-not-real" } },
    toJSON: () => request,
  });
}

describe("an error in the log", () => {
  it.each<[string, unknown]>([
    ["of an HTTP client", axiosLikeError()],
    ["of the database", new DrizzleQueryError("insert into call_legs", ["+12025550112", "471100"], axiosLikeError())],
    ["with a cause", new Error("+12025550112", { cause: axiosLikeError() })],
    ["with many causes", new AggregateError([axiosLikeError()], "471100")],
    ["whose message looks like a stack", new Error("Oh\n    at +12025550112 (471100:1:1)\n    at 471100")],
    ["that is a string", "+12025550112 keyed 471100"],
    ["that is an object", { number: "+12025550112", code: "471100" }],
    ["with a code that is an object", Object.assign(new Error("x"), { code: { number: "+12025550112" } })],
    ["with a code that is somebody's", Object.assign(new Error("x"), { code: "+12025550112" })],
    ["with a code that was keyed", Object.assign(new Error("x"), { code: "471100" })],
    ["with a name that is somebody's", Object.assign(new Error("x"), { name: "+12025550112 471100" })],
    ["with a cause that has such a code", new Error("x", { cause: Object.assign(new Error("y"), { code: "471100" }) })],
  ])("%s carries no number, code or token", (_what, error) => {
    const { text } = logged(error);

    expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([]);
    expect(text).toContain("it broke");
  });

  it("says what it is and where it was thrown, so that it can be mended", () => {
    const { line } = logged(axiosLikeError());

    expect(line).toMatchObject({ msg: "it broke", callSid: "CA1", error: "Error", code: "ECONNRESET", message: null });
    expect(line["at"]).toMatch(/at axiosLikeError .*log\.test\.ts/);
  });

  it("names the failure below a failed query", () => {
    const cause = Object.assign(new Error("duplicate key"), { name: "DatabaseError", code: "23505" });
    const { line } = logged(new DrizzleQueryError("insert", ["+12025550112"], cause));

    expect(line).toMatchObject({ cause: "DatabaseError", causeCode: "23505" });
  });

  it("keeps the numbers by which Twilio names its errors", () => {
    const error = Object.assign(new Error("Max send attempts"), { name: "RestException", code: 60_203, status: 429 });

    expect(logged(error).line).toMatchObject({ error: "RestException", code: 60_203 });
  });

  it("says what happened when the error is our own", () => {
    expect(logged(new AppError("not_found", "no call CA1")).line).toMatchObject({
      error: "AppError",
      code: "not_found",
      message: "no call CA1",
    });
  });
});

describe("the log", () => {
  it("is one line of JSON an event, with the time", () => {
    const lines: string[] = [];
    const log = makeLog("info", (line) => lines.push(line));
    log.info("up", { port: 3000 });
    log.warn("two\nlines");

    expect(lines).toHaveLength(2);
    expect(lines.map((line) => line.indexOf("\n"))).toEqual(lines.map((line) => line.length - 1));
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 30, msg: "up", port: 3000, time: expect.any(String) });
  });

  it("leaves out what is below its level", () => {
    const lines: string[] = [];
    const log = makeLog("warn", (line) => lines.push(line));
    log.info("quiet");
    log.warn("loud");

    expect(lines).toHaveLength(1);
  });
});
