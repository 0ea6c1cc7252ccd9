import { frequenciesOf } from "./dtmf.ts";

const TONE_SECONDS = 0.14;
const GAP_SECONDS = 0.06;
const LOUDNESS = 0.09;

let audio: AudioContext | null = null;

/** Sounds a key. @param place which of several keys that were pressed at once: they sound one after the other */
export function playTone(key: string, place = 0): void {
  const frequencies = frequenciesOf(key);
  if (frequencies === null || typeof AudioContext === "undefined") return;
  audio ??= new AudioContext();
  void audio.resume().catch(() => undefined);
  const startAt = audio.currentTime + place * (TONE_SECONDS + GAP_SECONDS);
  const gain = audio.createGain();
  gain.connect(audio.destination);
  gain.gain.setValueAtTime(0, startAt);
  gain.gain.linearRampToValueAtTime(LOUDNESS, startAt + 0.01);
  gain.gain.setValueAtTime(LOUDNESS, startAt + TONE_SECONDS - 0.02);
  gain.gain.linearRampToValueAtTime(0, startAt + TONE_SECONDS);
  for (const hertz of frequencies) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(startAt);
    tone.stop(startAt + TONE_SECONDS);
  }
}
