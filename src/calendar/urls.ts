/** Addresses of calendars. Whoever has one may read it. */
export type CalendarUrls = {
  /** What a calendar program subscribes to: all calls of a channel. */
  subscription(token: string): string;
  /** One call, as a file. */
  file(token: string, number: number): string;
};

export function makeCalendarUrls(publicUrl: string): CalendarUrls {
  return {
    subscription: (token) => `${publicUrl.replace(/^https?/, "webcal")}/calendar/${token}.ics`,
    file: (token, number) => `${publicUrl}/calendar/${token}/${number}.ics`,
  };
}
