import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { holdMusicWav } from "../../scripts/hold-music.ts";

const HEADER_BYTES = 58;

/** ITU-T G.711, the other way round. */
function linear(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 132) << ((code >> 4) & 0x07)) - 132;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

const peak = (samples: readonly number[]) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

const step = (samples: readonly number[], at: number) =>
  Math.abs((samples[(at + 1) % samples.length] ?? 0) - (samples[at] ?? 0));

describe("the hold music", () => {
  const committed = readFileSync(new URL("../../assets/hold-music.wav", import.meta.url));
  let made: Buffer;
  let samples: number[];

  beforeAll(() => {
    made = holdMusicWav();
    samples = [...made.subarray(HEADER_BYTES)].map(linear);
  });

  it("is the file that the script makes, byte for byte", () => {
    expect(made.equals(committed)).toBe(true);
  });

  it("is mu-law at 8 kHz, 20 to 30 seconds, at most 250 kB", () => {
    expect(made.toString("latin1", 0, 4) + made.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
    expect([made.readUInt16LE(20), made.readUInt16LE(22), made.readUInt32LE(24)]).toEqual([7, 1, 8000]);
    expect(made.readUInt32LE(4)).toBe(made.length - 8);
    expect(made.readUInt32LE(54)).toBe(samples.length);
    expect(samples.length / 8000).toBeGreaterThanOrEqual(20);
    expect(samples.length / 8000).toBeLessThanOrEqual(30);
    expect(made.length).toBeLessThanOrEqual(250_000);
  });

  it("never clips, and is never silent for a second", () => {
    expect(peak(samples)).toBeLessThan(0.7 * 32_767);
    for (let from = 0; from < samples.length; from += 8000) {
      expect(peak(samples.slice(from, from + 8000))).toBeGreaterThan(2000);
    }
  });

  it("joins its end to its beginning without a click", () => {
    const aroundTheJoin = samples.slice(-100).concat(samples.slice(0, 100));
    const elsewhere = aroundTheJoin.map((_, at) => step(samples, at + 4000));

    expect(step(samples, samples.length - 1)).toBeLessThanOrEqual(Math.max(...elsewhere));
  });
});
