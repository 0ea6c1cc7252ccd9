/** Addresses of calendars: of all calls of a channel, to subscribe to, and of one of them, as a file. */
export function makeCalendarUrls(publicUrl: string) {
  return {
    subscription: (token: string) => `${publicUrl.replace(/^https?/, "webcal")}/calendar/${token}.ics`,
    file: (token: string, seriesId: string) => `${publicUrl}/calendar/${token}/${seriesId}.ics`,
  };
}
