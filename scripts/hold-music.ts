import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Synthesises what waiting callers hear: four calm chords under a slow arpeggio, 24 s that join seamlessly. Run this
 * file to write `assets/hold-music.wav` anew.
 *
 * Everything that a platform might compute differently (sines, powers) is rounded before use, so that the same bytes
 * come out everywhere.
 */

type Voice = {
  /** Loudness of each harmonic, from the fundamental up. */
  harmonics: readonly number[];
  attackSeconds: number;
  releaseSeconds: number;
  /** Loudness of a slightly sharper copy: the two beat slowly, which makes a sound warm. */
  chorus: number;
};

type Note = { voice: Voice; midi: number; startSeconds: number; lengthSeconds: number; loudness: number };

/** Notes as MIDI numbers: 60 is middle C, 69 is the A of 440 Hz. */
type Chord = { bass: number; pad: readonly number[]; arpeggio: readonly number[] };

const SAMPLE_RATE_HZ = 8000;
const CHORD_SECONDS = 6;
/** Of full scale: comfortable at an ear, and far from clipping. */
const PEAK = 0.6;
const FULL_SCALE = 32_767;

const PAD: Voice = { harmonics: [1, 0.35, 0.15, 0.05], attackSeconds: 1.6, releaseSeconds: 2.4, chorus: 0.3 };
const BELL: Voice = { harmonics: [1, 0.22, 0, 0.06], attackSeconds: 0.015, releaseSeconds: 2.8, chorus: 0 };

// C, Am7, Fmaj7, G6. No lower than a telephone carries: it cuts below 300 Hz, where only harmonics get through.
const CHORDS: readonly Chord[] = [
  { bass: 48, pad: [55, 60, 64, 67], arpeggio: [72, 76, 79, 83, 79, 76, 74, 76] },
  { bass: 45, pad: [57, 60, 64, 67], arpeggio: [72, 76, 79, 81, 79, 76, 71, 72] },
  { bass: 53, pad: [57, 60, 64, 69], arpeggio: [69, 72, 77, 76, 72, 69, 67, 69] },
  { bass: 55, pad: [59, 62, 64, 67], arpeggio: [67, 71, 74, 79, 76, 74, 71, 74] },
];

const SINES = Int16Array.from({ length: 8192 }, (_, step) =>
  Math.round(Math.sin((2 * Math.PI * step) / 8192) * 32_767),
);

/** A mono WAV file, mu-law at 8 kHz: what the telephone network speaks. */
export function holdMusicWav(): Buffer {
  const mix = new Float64Array(CHORDS.length * CHORD_SECONDS * SAMPLE_RATE_HZ);
  for (const note of CHORDS.flatMap(notesOf)) addNote(mix, note);

  const loudest = mix.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const gain = (PEAK * FULL_SCALE) / loudest;
  return wavFile(Uint8Array.from(mix, (sample) => muLaw(Math.round(sample * gain))));
}

function notesOf({ bass, pad, arpeggio }: Chord, index: number): Note[] {
  const startSeconds = index * CHORD_SECONDS;
  const held = { voice: PAD, startSeconds, lengthSeconds: CHORD_SECONDS + PAD.releaseSeconds };
  const stepSeconds = CHORD_SECONDS / arpeggio.length;
  return [
    { ...held, midi: bass, loudness: 0.8 },
    ...pad.map((midi) => ({ ...held, midi, loudness: 0.5 })),
    ...arpeggio.map((midi, step) => ({
      voice: BELL,
      midi,
      startSeconds: startSeconds + step * stepSeconds,
      lengthSeconds: BELL.attackSeconds + BELL.releaseSeconds,
      // The first of each pair a little louder: the lilt of a hand.
      loudness: step % 2 === 0 ? 0.9 : 0.7,
    })),
  ];
}

/** Adds a note to the loop. What rings on beyond the end rings on at the beginning, so there is no seam. */
function addNote(mix: Float64Array, { voice, midi, startSeconds, lengthSeconds, loudness }: Note): void {
  const start = Math.round(startSeconds * SAMPLE_RATE_HZ);
  const length = Math.round(lengthSeconds * SAMPLE_RATE_HZ);
  const pitchHz = Math.round(44_000 * 2 ** ((midi - 69) / 12)) / 100;
  for (let n = 0; n < length; n += 1) {
    const seconds = n / SAMPLE_RATE_HZ;
    const tone = toneAt(voice, pitchHz, seconds) + voice.chorus * toneAt(voice, pitchHz * 1.0013, seconds);
    const at = (start + n) % mix.length;
    mix[at] = (mix[at] ?? 0) + loudness * envelopeAt(voice, lengthSeconds, seconds) * tone;
  }
}

function toneAt({ harmonics }: Voice, pitchHz: number, seconds: number): number {
  return harmonics.reduce((sum, loudness, index) => sum + loudness * sine(pitchHz * (index + 1) * seconds), 0);
}

/** @param turns of the circle, any number of them */
function sine(turns: number): number {
  return SINES[Math.floor(turns * SINES.length) % SINES.length] ?? 0;
}

/** From 0 to 1 and back: rises smoothly, and fades the way a string does. */
function envelopeAt({ attackSeconds, releaseSeconds }: Voice, lengthSeconds: number, seconds: number): number {
  const rise = Math.min(1, seconds / attackSeconds);
  const fade = Math.min(1, (lengthSeconds - seconds) / releaseSeconds);
  return rise * rise * (3 - 2 * rise) * fade * fade;
}

/**
 * One sample in the telephone's logarithmic 8 bits.
 *
 * @param sample linear, 16 bits
 * @see ITU-T G.711
 */
function muLaw(sample: number): number {
  const bias = 132;
  const magnitude = Math.min(Math.abs(sample), 32_635) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function wavFile(samples: Uint8Array): Buffer {
  const header = Buffer.alloc(58);
  header.write("RIFF", 0);
  header.writeUInt32LE(header.length - 8 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(18, 16); // size of this chunk
  header.writeUInt16LE(7, 20); // mu-law
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 28); // bytes a second
  header.writeUInt16LE(1, 32); // bytes a sample
  header.writeUInt16LE(8, 34); // bits a sample
  header.write("fact", 38);
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(samples.length, 46);
  header.write("data", 50);
  header.writeUInt32LE(samples.length, 54);
  return Buffer.concat([header, samples]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL("../assets/hold-music.wav", import.meta.url)), holdMusicWav());
}
