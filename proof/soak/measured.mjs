// Loaded before the service (`node --expose-gc --import`): asked over its channel, it tells when the service has come to
// rest, or how much memory it holds once what nobody needs is gone.
const TURNS = 4;

process.on("message", async (question) => {
  if (question === "rested?") {
    // What is written to the database and read from it is done within a few turns of the loop.
    for (let turns = 0; turns < TURNS; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    process.send("rested");
  } else {
    globalThis.gc();
    globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send({ heapUsed, external, rss });
  }
});
// It ends with whoever started it.
process.on("disconnect", () => process.exit());
process.channel.unref();
