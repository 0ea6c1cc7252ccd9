import type { z } from "zod";

/** One thing to do from outside, as JSON over HTTP. `run` gets the body, checked, and the parts of the path. */
export type ControlRoute = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  run: (request: { body: unknown; param: (name: string) => string }) => unknown;
};

type Handler<T> = (body: T, param: (name: string) => string) => unknown;

/** A route whose body has to have this form. */
export function post<T>(path: string, schema: z.ZodType<T>, handle: Handler<T>): ControlRoute {
  return { method: "POST", path, run: ({ body, param }) => handle(schema.parse(body ?? {}), param) };
}

export function get(path: string, handle: (param: (name: string) => string) => unknown): ControlRoute {
  return { method: "GET", path, run: ({ param }) => handle(param) };
}
