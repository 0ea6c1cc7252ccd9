import type { Answer } from "../faults.ts";
import type { ApiRequest } from "./api.ts";

/** A page of a list, in the form of the 2010-04-01 API. */
export function pageOf<T>(request: ApiRequest, name: string, items: readonly T[], toJson: (item: T) => object): Answer {
  const size = Math.min(1000, Math.max(1, Number(request.query.get("PageSize") ?? 50) || 50));
  const page = Math.max(0, Number(request.query.get("Page") ?? 0) || 0);
  const start = page * size;
  const shown = items.slice(start, start + size);
  const uriOf = (number: number): string => {
    const query = new URLSearchParams(request.query);
    query.set("PageSize", String(size));
    query.set("Page", String(number));
    return `${request.path}?${query.toString()}`;
  };
  const body = {
    [name]: shown.map(toJson),
    first_page_uri: uriOf(0),
    next_page_uri: start + size < items.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    uri: uriOf(page),
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
  };
  return { status: 200, body };
}
